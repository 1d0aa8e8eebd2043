import { z } from 'zod';
import {
  type CopiedField,
  copiedFields,
  copiedMember,
  type DerivedField,
  type MemberOf,
} from '../client/client-members.ts';
import { fieldEntry } from '../client/registration-fields.ts';

const text = (wanted: string) => z.string(`must be ${wanted}`);
const choices = <Choice extends string>(all: readonly Choice[]) =>
  z.array(z.enum(all, `must be ${all.join(' or ')}`), 'must be a list');

const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'] as const;
const authMethods = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const;

/** Members from which fields are derived together, with the defaults of RFC 7591. */
const derivedMembers = {
  client_name: text('a text').optional(),
  redirect_uris: z.array(text('an address'), 'must be a list of addresses').default([]),
  scope: text('scopes separated by spaces').optional(),
  token_endpoint_auth_method: z
    .enum(authMethods, `must be one of ${authMethods.join(', ')}`)
    .default('client_secret_basic'),
  jwks: z.unknown().optional(),
} satisfies Record<MemberOf<DerivedField>, z.ZodType>;

/** Members that are copied, each into one field of the registration. */
const copiedMembers = Object.fromEntries(
  copiedFields.map((name) => {
    const wanted = fieldEntry(name).kind === 'address' ? 'an address' : 'a text';
    return [copiedMember(name), text(wanted).optional()];
  }),
) as Record<MemberOf<CopiedField>, z.ZodOptional<z.ZodString>>;

/**
 * The members of a registration request that this server understands, with the defaults of RFC 7591; other members are
 * ignored. `launch_uri` is SMART's.
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-2
 */
export const ClientMetadataRequest = z.object({
  ...derivedMembers,
  grant_types: choices(grantTypes).default(['authorization_code']),
  response_types: choices(['code']).optional(),
  ...copiedMembers,
});

export type ClientMetadataRequest = z.infer<typeof ClientMetadataRequest>;

/** The members of a request that have a value: RFC 7592 lets a client send null for what it does not have. */
export function saidMembers(sent: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null && value !== ''));
}
