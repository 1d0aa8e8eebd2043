import { type CopiedField, type DerivedField, type MemberOf, memberOf } from './client-members.ts';
import type { ClientDescription } from './description.ts';
import type { ClientRegistration } from './registration.ts';
import { fieldNames } from './registration-fields.ts';
import { levelsOf } from './registration-rules.ts';

/** A registered client, with the data that it may learn about itself. */
export interface InformedClient extends Omit<ClientRegistration, 'clientId'> {
  clientId: string;
  metadata: ClientDescription;
  createdAt: Date;
}

type Described = Omit<ClientDescription, 'token_endpoint_auth_method'>;
type DescribedTwice = keyof Described & MemberOf<CopiedField | DerivedField>;

/** The members of description.ts alone: one of the table as well would be stored twice, and answered as it was first. */
type DescribedOnce = [DescribedTwice] extends [never]
  ? Described
  : { 'in the table of fields and in description.ts': DescribedTwice };

/**
 * The client information response: the registration with defaults filled in, and without a secret.
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1
 */
export function clientInformation(client: InformedClient): Record<string, unknown> {
  const { token_endpoint_auth_method, ...metadata } = client.metadata;
  const description: DescribedOnce = metadata;
  return {
    client_id: client.clientId,
    client_id_issued_at: Math.floor(client.createdAt.getTime() / 1000),
    ...membersOf(client),
    grant_types: grantTypesOf(client),
    response_types: client.redirectUris.length > 0 ? ['code'] : [],
    token_endpoint_auth_method: authMethodOf(client.type, token_endpoint_auth_method),
    ...description,
  };
}

/** The fields that registration responses contain, by their names there. */
function membersOf(client: InformedClient): Record<string, unknown> {
  const members = fieldNames.map((name) => [memberOf(name), client[name]]);
  return Object.fromEntries(members.filter(([member, value]) => member !== undefined && value !== undefined));
}

/** The grant types of a registration: those that need a redirect URI, and that of a client acting in its own name. */
export function grantTypesOf({
  redirectUris,
  type,
  scope,
}: Pick<ClientRegistration, 'redirectUris' | 'type' | 'scope'>) {
  return [
    ...(redirectUris.length > 0 ? ['authorization_code', 'refresh_token'] : []),
    ...(type !== 'public' && levelsOf(scope).system ? ['client_credentials'] : []),
  ];
}

function authMethodOf(type: ClientRegistration['type'], chosen: ClientDescription['token_endpoint_auth_method']) {
  if (type === 'public') return 'none';
  return type === 'secret' ? (chosen ?? 'client_secret_basic') : 'private_key_jwt';
}
