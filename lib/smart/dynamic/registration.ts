import type { z } from 'zod';
import { type OwnOrigins, originsOf } from '#lib/address/own-origins.ts';
import type { ClientType } from '../client/choices.ts';
import { copiedFields, copiedMember, type DerivedField, memberOf } from '../client/client-members.ts';
import { type ClientDescription, clientDescription, describedPages } from '../client/description.ts';
import { type ClientRegistration, clientRegistration } from '../client/registration.ts';
import { fieldEntry, fieldNames } from '../client/registration-fields.ts';
import { longListIn, tooManyItems } from '../long-list.ts';
import { parseScopes } from '../scope/scope.ts';
import { ClientMetadataRequest, saidMembers } from './client-metadata-request.ts';
import { type NamedAddresses, refuseForeignAddresses, refuseOurAddresses } from './own-addresses.ts';
import { refuseRequest, type Vouching } from './registration-rules.ts';

/** The limits for a client that registers itself. */
export interface RegistrationPolicy extends Vouching {
  /** This server's origins, which no app that registers itself may claim. */
  own: OwnOrigins;
}

/** A registration that a client sent for itself; it permits no more than one by an administrator could. */
export interface DynamicRegistration {
  registration: ClientRegistration;
  description: ClientDescription;
}

/**
 * The scope of a client that names none: enough to be launched, and to read the record of one patient.
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-2
 */
export const usualScope = 'openid fhirUser launch launch/patient launch/encounter patient/*.rs';

/**
 * Reads the metadata that a client sent for itself by the rules of the registration form and a few stricter ones:
 * it is never trusted, and needs PKCE.
 * @returns the registration, or the reason for a refusal: an ASCII sentence that begins with the member concerned.
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-3.1
 */
export function readDynamicRegistration(
  sent: Record<string, unknown>,
  policy: RegistrationPolicy,
): DynamicRegistration | { refusal: string } {
  const said = saidMembers(sent);
  const long = longListIn(said);
  if (long) return { refusal: ascii(`${long[0] ?? 'The registration'} ${tooManyItems()}.`) };
  const request = ClientMetadataRequest.safeParse(said);
  if (!request.success) return { refusal: refusalOf(request.error) };
  const refusal = refuseRequest(request.data, policy);
  if (refusal) return { refusal: ascii(refusal) };
  const registration = clientRegistration(policy.own).safeParse(toRegistration(request.data));
  if (!registration.success) return { refusal: refusalOf(registration.error) };
  const description = clientDescription(policy.own).safeParse({ ...said, ...authMethodToKeep(request.data) });
  if (!description.success) return { refusal: refusalOf(description.error) };
  const foreign = refuseNamed(namedAddresses(request.data, description.data), policy);
  if (foreign) return { refusal: foreign };
  return { registration: registration.data, description: description.data };
}

function refuseNamed(named: NamedAddresses, { own, vouched }: RegistrationPolicy): string | undefined {
  return refuseOurAddresses(named, originsOf(own)) ?? (vouched ? undefined : refuseForeignAddresses(named));
}

/** The members that are copied into fields of kind `address`; the table of fields says which. */
export const copiedAddresses = copiedFields.filter((name) => fieldEntry(name).kind === 'address').map(copiedMember);

function namedAddresses(request: ClientMetadataRequest, description: ClientDescription): NamedAddresses {
  const { logo_uri: logo, ...others } = Object.fromEntries(copiedAddresses.map((name) => [name, request[name]]));
  const pages = Object.fromEntries(describedPages.map((name) => [name, description[name]]));
  return { redirectUris: request.redirect_uris, logo, pages, others };
}

function toRegistration(request: ClientMetadataRequest) {
  const type = typeOf(request);
  const derived = {
    name: request.client_name ?? nameOf(request),
    redirectUris: request.grant_types.includes('authorization_code') ? [...new Set(request.redirect_uris)] : [],
    scope: scopeOf(request),
    type,
    // This server uses a client's keys only to verify its assertions.
    jwks: type === 'jwks' ? request.jwks : undefined,
  } satisfies Record<DerivedField, unknown>;
  return { ...copiedValues(request, type), ...derived };
}

function copiedValues(request: ClientMetadataRequest, type: ClientType): Record<string, unknown> {
  const fields = copiedFields.filter((name) => [undefined, type].includes(fieldEntry(name).onlyFor));
  return Object.fromEntries(fields.map((name) => [name, request[copiedMember(name)]]));
}

function typeOf({ token_endpoint_auth_method: method, jwks_uri }: ClientMetadataRequest): ClientType {
  if (method === 'none') return 'public';
  if (method !== 'private_key_jwt') return 'secret';
  return jwks_uri ? 'jwks_uri' : 'jwks';
}

/** The requested scopes that this server knows; the response tells the client which were registered. */
function scopeOf({ scope, grant_types }: ClientMetadataRequest): string {
  if (scope === undefined) return grant_types.includes('authorization_code') ? usualScope : '';
  return parseScopes(scope)
    .filter(({ kind }) => kind !== 'launch-id')
    .map(({ text }) => text)
    .join(' ');
}

/** A name for an app that sent none: the host of its first address. */
function nameOf({ redirect_uris, launch_uri }: ClientMetadataRequest): string {
  const [address = ''] = [launch_uri, ...redirect_uris].filter((one) => one && URL.canParse(one));
  return (address && new URL(address).host) || 'App without a name';
}

function authMethodToKeep({ token_endpoint_auth_method: method }: ClientMetadataRequest) {
  const kept = method === 'client_secret_basic' || method === 'client_secret_post';
  return { token_endpoint_auth_method: kept ? method : undefined };
}

function refusalOf({ issues: [issue] }: z.ZodError): string {
  const [field = '', ...inner] = issue?.path.map(String) ?? [];
  const name = fieldNames.find((one) => one === field);
  const where = [
    (name && memberOf(name)) ?? field,
    ...inner.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)),
  ];
  const message = issue?.message ?? 'is not valid';
  // A message that is a sentence follows after a colon; any other is completed by the name of its member.
  return ascii(`${where.join('')}${/^\p{Lu}/u.test(message) ? ':' : ''} ${message}`);
}

/** Replaces characters that RFC 6749 does not allow in error_description. */
function ascii(text: string): string {
  return text
    .replaceAll('’', "'")
    .replaceAll('"', "'")
    .replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
    .slice(0, 500);
}
