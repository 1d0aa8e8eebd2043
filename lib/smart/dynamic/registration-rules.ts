import { copiedFields, copiedMember } from '../client/client-members.ts';
import { fieldEntry } from '../client/registration-fields.ts';
import { levelsOf } from '../client/registration-rules.ts';
import { splitScope } from '../scope/scope.ts';
import type { ClientMetadataRequest } from './client-metadata-request.ts';
import { issueOfScripts } from './mixed-scripts.ts';

/** The trust in a client that registers itself. */
export interface Vouching {
  /** Whether the request came with an initial access token of the sandbox. */
  vouched: boolean;
  /** Whether it may have `system/` scopes, with which it needs no user's consent. */
  maySystem: boolean;
}

/** Scopes that only an administrator may register: each gives more than a user could allow. */
const registeredByPeople = ['smart/orchestrate_launch', '__introspect'];

/**
 * Applies the rules that hold only for clients that register themselves, beyond those of every registration.
 * @returns the reason for a refusal, in a sentence that begins with the member concerned; undefined: no refusal.
 */
export function refuseRequest(request: ClientMetadataRequest, vouching: Vouching): string | undefined {
  return (
    refuseName(request) ??
    refuseGrants(request) ??
    refuseKeys(request) ??
    refuseScope(request, vouching) ??
    refuseAddresses(request)
  );
}

function refuseName({ client_name = '' }: ClientMetadataRequest) {
  if (client_name && !/[\p{L}\p{N}]/u.test(client_name)) return 'client_name must have a letter or a digit';
  const issue = issueOfScripts(client_name);
  return issue && `client_name ${issue}`;
}

function refuseGrants({ grant_types, response_types, redirect_uris, scope = '' }: ClientMetadataRequest) {
  const code = grant_types.includes('authorization_code');
  const { system } = levelsOf(scope);
  if (code && redirect_uris.length === 0) return 'redirect_uris must not be empty with the grant authorization_code';
  if (response_types && code !== response_types.includes('code')) {
    return 'response_types must hold code when grant_types holds authorization_code, and only then';
  }
  // The scopes decide about client credentials, so the request must agree with them: nothing is granted unrequested.
  return system === grant_types.includes('client_credentials')
    ? undefined
    : 'grant_types must hold client_credentials when scope holds system/ scopes, and only then';
}

function refuseKeys({ token_endpoint_auth_method: method, jwks, jwks_uri }: ClientMetadataRequest) {
  if (method !== 'private_key_jwt') return undefined;
  if (jwks && jwks_uri) return 'jwks and jwks_uri must not both be there';
  return jwks || jwks_uri ? undefined : 'jwks_uri or jwks must be there with private_key_jwt';
}

function refuseScope({ scope = '' }: ClientMetadataRequest, { maySystem }: Vouching) {
  const reserved = splitScope(scope).find((text) => registeredByPeople.includes(text));
  if (reserved) return `scope must not hold ${reserved}: only an administrator registers that`;
  if (maySystem || !levelsOf(scope).system) return undefined;
  return 'scope must not hold system/ scopes here: they need an initial access token, or an administrator';
}

/** Refuses addresses that are paths on this server, which only administrators may register. */
function refuseAddresses(request: ClientMetadataRequest) {
  const addresses = copiedFields.filter((name) => fieldEntry(name).kind === 'address').map(copiedMember);
  const isPath = (uri: string | undefined) => uri?.startsWith('/');
  const member = request.redirect_uris.some(isPath)
    ? 'redirect_uris'
    : addresses.find((address) => isPath(request[address]));
  return member && `${member} must be an absolute address`;
}
