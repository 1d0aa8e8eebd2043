import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { brandIdentifier } from '../brand/organization.ts';
import { namedScopes } from '../scope/scope.ts';

/** The URLs of a sandbox's authorization server. Those that are undefined are not served, and so not announced. */
export interface SmartEndpoints {
  issuer: string;
  authorize: string;
  token: string;
  introspect: string;
  revoke: string;
  jwks: string;
  userinfo: string;
  register?: string;
  manage?: string;
  launchRegistration?: string;
}

/**
 * The endpoints of `issuer`, an absolute URL without a trailing slash whose FHIR base is `{issuer}/fhir`.
 * @param registers whether apps may register themselves there
 */
export function smartEndpoints(issuer: string, { registers = false } = {}): SmartEndpoints {
  return {
    issuer,
    authorize: `${issuer}/oauth/authorize`,
    token: `${issuer}/oauth/token`,
    introspect: `${issuer}/oauth/introspect`,
    revoke: `${issuer}/oauth/revoke`,
    jwks: `${issuer}/oauth/jwks`,
    userinfo: `${issuer}/oauth/userinfo`,
    register: registers ? `${issuer}/oauth/register` : undefined,
    manage: `${issuer}/access`,
    launchRegistration: `${issuer}/fhir/_services/smart/Launch`,
  };
}

/**
 * The SMART capabilities of this server.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html#smart-on-fhir-oauth-authorization-endpoints-and-capabilities
 */
const capabilities = [
  'launch-ehr',
  'launch-standalone',
  'authorize-post',
  'client-public',
  'client-confidential-symmetric',
  'client-confidential-asymmetric',
  'sso-openid-connect',
  'context-banner',
  'context-style',
  'context-ehr-patient',
  'context-ehr-encounter',
  'context-standalone-patient',
  'context-standalone-encounter',
  'permission-offline',
  'permission-online',
  'permission-patient',
  'permission-user',
  'permission-v1',
  'permission-v2',
];

const clinicalScopes = ['patient', 'user', 'system'].flatMap((level) => [`${level}/*.rs`, `${level}/*.read`]);

/**
 * The document at `[base]/.well-known/smart-configuration`.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html#using-well-known
 */
export function smartConfiguration(endpoints: SmartEndpoints): Record<string, string | string[] | object> {
  const { register, manage, launchRegistration } = endpoints;
  return withoutUndefined({
    issuer: endpoints.issuer,
    jwks_uri: endpoints.jwks,
    authorization_endpoint: endpoints.authorize,
    token_endpoint: endpoints.token,
    introspection_endpoint: endpoints.introspect,
    revocation_endpoint: endpoints.revoke,
    userinfo_endpoint: endpoints.userinfo,
    registration_endpoint: register,
    management_endpoint: manage,
    launch_registration_endpoint: launchRegistration,
    user_access_brand_bundle: `${endpoints.issuer}/user-access-brands.json`,
    user_access_brand_identifier: brandIdentifier(endpoints.issuer),
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    response_types_supported: ['code'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384', 'RS256', 'ES256'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: [...namedScopes, 'patient/*.cruds', ...clinicalScopes],
    capabilities,
  });
}

interface UriExtension {
  url: string;
  valueUri: string;
}

/**
 * The `oauth-uris` extension of the CapabilityStatement, where clients of SMART 1.0 look for endpoints. Its URLs are
 * those of the smart-configuration.
 * @see https://hl7.org/fhir/smart-app-launch/1.0.0/conformance/index.html
 */
export function oauthUris(endpoints: SmartEndpoints): { url: string; extension: UriExtension[] } {
  const named: [string, string | undefined][] = [
    ['authorize', endpoints.authorize],
    ['token', endpoints.token],
    ['introspect', endpoints.introspect],
    ['manage', endpoints.manage],
    ['register', endpoints.register],
    ['revoke', endpoints.revoke],
    ['launch-registration', endpoints.launchRegistration],
  ];
  return {
    url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
    extension: named.flatMap(([url, valueUri]) => (valueUri ? [{ url, valueUri }] : [])),
  };
}
