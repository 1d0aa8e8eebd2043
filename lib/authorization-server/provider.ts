import { createHmac } from 'node:crypto';
import Provider, { type Configuration } from 'oidc-provider';
import { originsOf } from '#lib/address/own-origins.ts';
import { findOrCreateSecret } from '#lib/data/database/secrets.ts';
import { busyOf } from '#lib/data/database/trouble/busy.ts';
import type { Issuer } from '#lib/data/sandbox/issuers.ts';
import { findSigningKeys } from '#lib/data/token/signing-keys.ts';
import { env, fhirBaseOf, issuerOf, ownOrigins } from '#lib/env.ts';
import { guardedFetch } from '#lib/http/guarded-fetch.ts';
import { log } from '#lib/log/log.ts';
import { oidcAdapter } from './adapter/oidc-adapter.ts';
import { checkAud, checkLaunch } from './authorization/authorize-request.ts';
import { redirectExactly } from './authorization/exact-redirects.ts';
import { fhirResourceServer } from './authorization/fhir-resource-server.ts';
import { grantWhenSettled, oidcScopes } from './authorization/grants.ts';
import { interactionPrompts } from './authorization/interaction-prompts.ts';
import { ignoreNonceWithoutOpenid } from './authorization/plain-oauth.ts';
import { refuseReplacedRedirect } from './authorization/replaced-redirect.ts';
import { followSignIn } from './authorization/sign-in-session.ts';
import { acceptRawBasic, matchesSentSecret } from './client/basic-secrets.ts';
import { checkAssertion, permitsOrigin } from './client/checks.ts';
import { extraClientMetadata, type SmartClient } from './client/metadata.ts';
import { renderError } from './page/error-page.ts';
import { loggedOutPage, logoutPage, noteSignOut } from './page/logout-pages.ts';
import { guardRegistration, registrationFeatures } from './registration/endpoint.ts';
import { settleMetadata } from './registration/request.ts';
import { explainRegistrationErrors, tellRegistration } from './registration/response.ts';
import { noteForAudit } from './request/audited-answer.ts';
import { explainError } from './request/explain-error.ts';
import { noteBusy, withdrawIssued } from './request/request-state.ts';
import { noteUseOfGrant } from './token/last-use.ts';
import { lifetimes } from './token/lifetimes.ts';
import { challengeMissingToken } from './token/missing-token.ts';
import { narrowTokens } from './token/narrow-tokens.ts';
import { findOidcAccount, identityClaims } from './token/oidc-account.ts';
import { tellContext } from './token/token-response.ts';

/** Makes the authorization server of one sandbox. It holds keys and code; clients and settings stay in the database. */
export async function makeProvider(sandbox: Issuer): Promise<Provider> {
  const [keys, secret] = await Promise.all([findSigningKeys(sandbox.id), findOrCreateSecret('oidc-cookies')]);
  const cookieKey = createHmac('sha256', secret).update(`sandbox ${sandbox.id}`).digest('base64url');
  const provider = new Provider(issuerOf(sandbox.slug), {
    adapter: oidcAdapter(sandbox.id),
    jwks: { keys: keys as NonNullable<Configuration['jwks']>['keys'] },
    ...addresses(sandbox, cookieKey),
    ...clientRules(),
    ...grantRules(),
    fetch: (url) =>
      guardedFetch(String(url), { ...env(), ownOrigins: originsOf(ownOrigins()), sender: String(sandbox.id) }),
    features: features(sandbox),
    renderError,
  });
  provider.Client.prototype.compareClientSecret = function (this: SmartClient, actual: string) {
    return matchesSentSecret(Provider.ctx, actual, this.clientSecret ?? '');
  };
  followSignIn(provider);
  narrowTokens(provider);
  redirectExactly(provider);
  provider.use(noteForAudit);
  provider.use(ignoreNonceWithoutOpenid);
  provider.use(acceptRawBasic);
  provider.use(guardRegistration);
  provider.use(refuseReplacedRedirect);
  provider.use(tellContext);
  provider.use(tellRegistration);
  provider.use(noteUseOfGrant);
  provider.on('authorization.error', withdrawIssued);
  provider.on('server_error', withdrawIssued);
  provider.on('server_error', noteBusy);
  provider.on('end_session.success', noteSignOut);
  provider.on('grant.error', explainError);
  provider.on('introspection.error', explainError);
  provider.on('revocation.error', explainError);
  provider.on('userinfo.error', challengeMissingToken);
  explainRegistrationErrors(provider);
  provider.on('server_error', (_, error) => {
    if (!busyOf(error)) log.error('The authorization server failed.', { error });
  });
  return provider;
}

function addresses({ slug }: Issuer, cookieKey: string): Configuration {
  const secure = env().origin.startsWith('https:');
  const cookie = { signed: true, httpOnly: true, sameSite: 'lax', secure } as const;
  return {
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      introspection: '/oauth/introspect',
      revocation: '/oauth/revoke',
      registration: '/oauth/register',
      jwks: '/oauth/jwks',
      userinfo: '/oauth/userinfo',
      end_session: '/oauth/session/end',
    },
    // Short-lived cookies get the path of their own interaction, so that open pages of one browser do not mix.
    cookies: { keys: [cookieKey], long: { ...cookie, path: `/${slug}` }, short: cookie },
  };
}

function clientRules(): Configuration {
  return {
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: ['RS384', 'ES384', 'RS256', 'ES256'],
      idTokenSigningAlgValues: ['RS256', 'ES384'],
    },
    extraClientMetadata: { properties: extraClientMetadata, validator: settleMetadata },
    clientBasedCORS: (_, origin, client) => permitsOrigin(client, origin),
    assertJwtClientAuthClaimsAndHeader: checkAssertion,
    pkce: { required: (_, client) => (client as SmartClient).require_pkce },
    allowOmittingSingleRegisteredRedirectUri: false,
    clockTolerance: 5,
  };
}

function grantRules(): Configuration {
  const { identity, prompts } = interactionPrompts();
  return {
    responseTypes: ['code'],
    scopes: oidcScopes,
    claims: identityClaims,
    // Claims of the user stand in the id_token itself, because SMART apps read fhirUser there.
    conformIdTokenClaims: false,
    findAccount: findOidcAccount,
    extraParams: { aud: checkAud, launch: checkLaunch },
    loadExistingGrant: grantWhenSettled(identity),
    interactions: {
      policy: prompts,
      url: (ctx, { uid }) => `${new URL(ctx.oidc.issuer).pathname}/oauth/interaction/${uid}`,
    },
    ttl: lifetimes,
    formats: { bitsOfOpaqueRandomness: 256 },
    rotateRefreshToken: true,
    issueRefreshToken: (_, client, { scopes }) =>
      client.grantTypeAllowed('refresh_token') && (scopes.has('offline_access') || scopes.has('online_access')),
    // The session remembers one grant per client, but a user may have the same app open for two patients.
    expiresWithSession: () => false,
  };
}

function features(sandbox: Issuer): Configuration['features'] {
  return {
    ...registrationFeatures(sandbox),
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    // It authenticates the client; what a token is worth is said in introspection.ts, for bearers as for clients.
    introspection: { enabled: true, allowedPolicy: () => false },
    revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
    pushedAuthorizationRequests: { enabled: false },
    dPoP: { enabled: false },
    rpInitiatedLogout: { enabled: true, logoutSource: logoutPage, postLogoutSuccessSource: loggedOutPage },
    resourceIndicators: fhirResourceServer(fhirBaseOf(sandbox.slug)),
  };
}
