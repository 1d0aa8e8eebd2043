/** Members of token responses and OAuth errors, and names that are unsafe in objects. */
const ofResponses = [
  'access_token',
  'token_type',
  'expires_in',
  'scope',
  'refresh_token',
  'id_token',
  'authorization_details',
  'code',
  'state',
  'error',
  'error_description',
  'error_uri',
  'issued_token_type',
  'refresh_token_expires_in',
  '__proto__',
  'constructor',
  'prototype',
];

/**
 * Members by which introspection and tokens describe a token.
 * @see https://www.rfc-editor.org/rfc/rfc7662#section-2.2
 */
const ofTokens = [
  'active',
  'client_id',
  'username',
  'exp',
  'iat',
  'nbf',
  'sub',
  'aud',
  'iss',
  'jti',
  'cnf',
  'act',
  'may_act',
  'azp',
  'nonce',
  'acr',
  'amr',
  'auth_time',
  'at_hash',
  'c_hash',
  'sid',
];

/**
 * Claims about a user, the standard ones and our own.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
 */
const ofUsers = [
  'fhirUser',
  'profile',
  'role',
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'picture',
  'website',
  'email',
  'email_verified',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'phone_number_verified',
  'address',
  'updated_at',
];

/** Names that no launch may set: apps take what stands under them as the server's word about the token or its user. */
const reservedNames: ReadonlySet<string> = new Set([...ofResponses, ...ofTokens, ...ofUsers]);

/** Whether no launch may set a parameter of this name. */
export function isReserved(name: string): boolean {
  return reservedNames.has(name);
}

/** Launch parameters, or the context made of them, without names that were not reserved yet when they were stored. */
export function withoutReserved(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !isReserved(name)));
}
