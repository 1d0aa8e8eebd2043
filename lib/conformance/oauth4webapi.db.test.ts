import * as oauth from 'oauth4webapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeKey, makeService } from '#lib/authorization-server/tests/key-client.ts';
import {
  appUri,
  makeClient,
  makeLaunch,
  type SandboxFixture,
  secret,
} from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { fhirBaseOf, issuerOf } from '#lib/env.ts';
import { askFhir, chenOf, fetchHere, makeHospital } from './servers.ts';

let sandbox: SandboxFixture;
let smart: oauth.AuthorizationServer;
let discovered: oauth.AuthorizationServer;

const options = { [oauth.customFetch]: fetchHere, [oauth.allowInsecureRequests]: true };

/** Endpoints come from SMART discovery, as for SMART apps, except in the test of OpenID Connect discovery. */
beforeAll(async () => {
  sandbox = await makeHospital();
  smart = await (await askFhir(sandbox, '/.well-known/smart-configuration')).json();
  const issuer = new URL(issuerOf(sandbox.slug));
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...options });
  discovered = await oauth.processDiscoveryResponse(issuer, response);
});

const scope = 'launch openid fhirUser patient/*.rs offline_access';

async function authorize(server: oauth.AuthorizationServer, client: oauth.Client) {
  const [verifier, state, nonce] = [
    oauth.generateRandomCodeVerifier(),
    oauth.generateRandomState(),
    oauth.generateRandomNonce(),
  ];
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: appUri,
    scope,
    launch: await makeLaunch(sandbox, client.client_id),
    aud: fhirBaseOf(sandbox.slug),
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  const response = await chenOf(sandbox).visit(url.href);
  return { callback: new URL(response.headers.get('location') ?? ''), verifier, state, nonce };
}

const kinds: Record<string, () => Promise<[clientId: string, authentication: oauth.ClientAuth]>> = {
  'without a secret [SMART 355]': async () => [await makeClient(sandbox), oauth.None()],
  'with client_secret_basic [SMART 356]': async () => [
    await makeClient(sandbox, { type: 'secret' }),
    oauth.ClientSecretBasic(secret),
  ],
  'with client_secret_post [SMART 356]': async () => [
    await makeClient(sandbox, { type: 'secret' }),
    oauth.ClientSecretPost(secret),
  ],
  'with private_key_jwt and ES384 [SMART 310 357]': () => withKeys('ES384'),
  'with private_key_jwt and RS384 [SMART 310 357]': () => withKeys('RS384'),
};

async function withKeys(alg: string): Promise<[string, oauth.ClientAuth]> {
  const { privateKey: key, publicJwk, kid } = await makeKey(alg);
  const jwks = { keys: [publicJwk] };
  return [await makeClient(sandbox, { type: 'jwks', jwks }), oauth.PrivateKeyJwt({ key, kid })];
}

describe('oauth4webapi launches, reads, refreshes, introspects and revokes', () => {
  it.each(Object.keys(kinds))('%s', async (kind) => {
    const [clientId, authentication] = (await kinds[kind]?.()) ?? ['', oauth.None()];
    const client: oauth.Client = { client_id: clientId };
    const { callback, verifier, state, nonce } = await authorize(smart, client);
    const parameters = oauth.validateAuthResponse(smart, client, callback, state);
    const exchange = await oauth.authorizationCodeGrantRequest(
      smart,
      client,
      authentication,
      parameters,
      appUri,
      verifier,
      options,
    );
    const checks = { expectedNonce: nonce, requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(smart, client, exchange, checks);
    await oauth.validateApplicationLevelSignature(smart, exchange, options);
    expect(tokens).toMatchObject({ patient: 'baby', scope });
    const { sub } = oauth.getValidatedIdTokenClaims(tokens) ?? { sub: '' };

    const url = new URL(`${fhirBaseOf(sandbox.slug)}/Patient/baby`);
    const read = () => oauth.protectedResourceRequest(tokens.access_token, 'GET', url, undefined, undefined, options);
    expect(await (await read()).json()).toMatchObject({ resourceType: 'Patient', id: 'baby' });

    const asked = await oauth.userInfoRequest(discovered, client, tokens.access_token, options);
    const user = await oauth.processUserInfoResponse(discovered, client, sub, asked);
    expect(user.fhirUser).toBe(`${fhirBaseOf(sandbox.slug)}/Practitioner/dr-chen`);

    const refresh = await oauth.refreshTokenGrantRequest(
      smart,
      client,
      authentication,
      tokens.refresh_token ?? '',
      options,
    );
    const next = await oauth.processRefreshTokenResponse(smart, client, refresh);
    expect(next).toMatchObject({ patient: 'baby', scope });

    const introspect = async () => {
      const response = await oauth.introspectionRequest(smart, client, authentication, next.access_token, options);
      return oauth.processIntrospectionResponse(smart, client, response);
    };
    expect(await introspect()).toMatchObject({ active: true, client_id: clientId, sub, scope });
    const revoked = await oauth.revocationRequest(smart, client, authentication, next.access_token, options);
    await oauth.processRevocationResponse(revoked);
    expect(await introspect()).toEqual({ active: false });
    await expect(read()).rejects.toThrow(oauth.WWWAuthenticateChallengeError);
  });
});

describe('oauth4webapi finds out', () => {
  it('an answer of another issuer, by the iss of the redirect', async () => {
    const client: oauth.Client = { client_id: await makeClient(sandbox) };
    const { callback, state } = await authorize(discovered, client);
    expect(oauth.validateAuthResponse(discovered, client, callback, state).get('code')).toBeTruthy();
    callback.searchParams.set('iss', 'https://evil.example');
    expect(() => oauth.validateAuthResponse(discovered, client, callback, state)).toThrow(/iss/);
    callback.searchParams.delete('iss');
    expect(() => oauth.validateAuthResponse(discovered, client, callback, state)).toThrow(/iss/);
  });

  it('why a code was not exchanged', async () => {
    const client: oauth.Client = { client_id: await makeClient(sandbox) };
    const { callback, state } = await authorize(smart, client);
    const parameters = oauth.validateAuthResponse(smart, client, callback, state);
    const wrong = oauth.generateRandomCodeVerifier();
    const response = await oauth.authorizationCodeGrantRequest(
      smart,
      client,
      oauth.None(),
      parameters,
      appUri,
      wrong,
      options,
    );
    const refused = oauth.processAuthorizationCodeResponse(smart, client, response);
    await expect(refused).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});

it.each(['ES384', 'RS384'])('oauth4webapi is a backend service with %s [SMART 253 310]', async (alg) => {
  const key = await makeKey(alg);
  const clientId = await makeService(sandbox, { keys: [key] });
  const [client, proof] = [{ client_id: clientId }, oauth.PrivateKeyJwt({ key: key.privateKey, kid: key.kid })];
  const asked = new URLSearchParams({ scope: 'system/Patient.rs' });
  const response = await oauth.clientCredentialsGrantRequest(smart, client, proof, asked, options);
  const tokens = await oauth.processClientCredentialsResponse(smart, client, response);
  expect(tokens).toMatchObject({ scope: 'system/Patient.rs', expires_in: 300 });
  expect((await askFhir(sandbox, '/Patient/peter', tokens.access_token)).status).toBe(200);
});
