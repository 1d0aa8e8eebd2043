import * as openid from 'openid-client';
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

beforeAll(async () => {
  sandbox = await makeHospital();
});

/** Discovers the sandbox as openid-client does, for one client. */
function discover(clientId: string, authentication: openid.ClientAuth): Promise<openid.Configuration> {
  return openid.discovery(new URL(issuerOf(sandbox.slug)), clientId, undefined, authentication, {
    execute: [openid.allowInsecureRequests],
    [openid.customFetch]: fetchHere,
  });
}

const scope = 'launch openid fhirUser patient/*.rs offline_access';

/** Sends an authorization request of openid-client, and returns the callback that the browser brings to the app. */
async function authorize(config: openid.Configuration, clientId: string) {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: appUri,
    scope,
    launch: await makeLaunch(sandbox, clientId),
    aud: fhirBaseOf(sandbox.slug),
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const response = await chenOf(sandbox).visit(url.href);
  const callback = new URL(response.headers.get('location') ?? '');
  return { callback, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } };
}

/** Registers a client of each kind; returns its id and how openid-client authenticates it. */
const kinds: Record<string, () => Promise<[clientId: string, authentication: openid.ClientAuth]>> = {
  'without a secret [SMART 355]': async () => [await makeClient(sandbox), openid.None()],
  'with client_secret_basic [SMART 356]': async () => [
    await makeClient(sandbox, { type: 'secret' }),
    openid.ClientSecretBasic(secret),
  ],
  'with client_secret_post [SMART 356]': async () => [
    await makeClient(sandbox, { type: 'secret' }),
    openid.ClientSecretPost(secret),
  ],
  'with private_key_jwt and ES384 [SMART 297 310 357]': () => withKeys('ES384'),
  'with private_key_jwt and RS384 [SMART 297 310 357]': () => withKeys('RS384'),
};

async function withKeys(alg: string): Promise<[string, openid.ClientAuth]> {
  const { privateKey: key, publicJwk, kid } = await makeKey(alg);
  const jwks = { keys: [publicJwk] };
  return [await makeClient(sandbox, { type: 'jwks', jwks }), openid.PrivateKeyJwt({ key, kid })];
}

describe('openid-client launches, reads, refreshes, introspects and revokes', () => {
  it.each(Object.keys(kinds))('%s', async (kind) => {
    const [clientId, authentication] = (await kinds[kind]?.()) ?? ['', openid.None()];
    const config = await discover(clientId, authentication);
    const { callback, checks } = await authorize(config, clientId);
    const tokens = await openid.authorizationCodeGrant(config, callback, checks);
    expect(tokens).toMatchObject({ token_type: 'bearer', patient: 'baby', need_patient_banner: true, scope });
    expect(tokens.claims()).toMatchObject({
      aud: clientId,
      fhirUser: `${fhirBaseOf(sandbox.slug)}/Practitioner/dr-chen`,
    });
    expect((await askFhir(sandbox, '/Patient/baby', tokens.access_token)).status).toBe(200);

    const user = await openid.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '');
    expect(user.fhirUser).toBe(tokens.claims()?.fhirUser);

    const next = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(next).toMatchObject({ patient: 'baby', scope });
    expect(next.claims()?.sub).toBe(tokens.claims()?.sub);

    const introspection = await openid.tokenIntrospection(config, next.access_token);
    expect(introspection).toMatchObject({ active: true, client_id: clientId, scope, patient: 'baby' });

    await openid.tokenRevocation(config, next.refresh_token ?? '');
    expect(await openid.tokenIntrospection(config, next.access_token)).toEqual({ active: false });
    expect((await askFhir(sandbox, '/Patient/baby', next.access_token)).status).toBe(401);
    await expect(openid.refreshTokenGrant(config, next.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });
});

describe('openid-client finds out', () => {
  it('an answer of another issuer, by the iss of the redirect', async () => {
    const clientId = await makeClient(sandbox);
    const config = await discover(clientId, openid.None());
    expect(config.serverMetadata().authorization_response_iss_parameter_supported).toBe(true);
    const { callback, checks } = await authorize(config, clientId);
    const honest = new URL(callback);
    callback.searchParams.set('iss', 'https://evil.example');
    await expect(openid.authorizationCodeGrant(config, callback, checks)).rejects.toThrow();
    callback.searchParams.delete('iss');
    await expect(openid.authorizationCodeGrant(config, callback, checks)).rejects.toThrow();
    expect((await openid.authorizationCodeGrant(config, honest, checks)).patient).toBe('baby');
  });

  it('an id_token for another nonce', async () => {
    const clientId = await makeClient(sandbox);
    const config = await discover(clientId, openid.None());
    const { callback, checks } = await authorize(config, clientId);
    const wrong = { ...checks, expectedNonce: 'another nonce' };
    await expect(openid.authorizationCodeGrant(config, callback, wrong)).rejects.toThrow(/unexpected JWT claim value/);
  });

  it('that access was denied, with its own state', async () => {
    const clientId = await makeClient(sandbox);
    const config = await discover(clientId, openid.None());
    const state = openid.randomState();
    const wrong = { redirect_uri: appUri, scope, state, aud: 'https://other.example/fhir' };
    const url = openid.buildAuthorizationUrl(config, wrong);
    const response = await chenOf(sandbox).visit(url.href);
    const callback = new URL(response.headers.get('location') ?? '');
    const refused = openid.authorizationCodeGrant(config, callback, { expectedState: state });
    await expect(refused).rejects.toMatchObject({ error: 'invalid_request' });
  });
});

it.each(['ES384', 'RS384'])('openid-client is a backend service with %s [SMART 253 310]', async (alg) => {
  const key = await makeKey(alg);
  const clientId = await makeService(sandbox, { keys: [key] });
  const config = await discover(clientId, openid.PrivateKeyJwt({ key: key.privateKey, kid: key.kid }));
  const tokens = await openid.clientCredentialsGrant(config, { scope: 'system/Patient.rs' });
  expect(tokens).toMatchObject({ scope: 'system/Patient.rs', expires_in: 300 });
  expect((await askFhir(sandbox, '/Patient/peter', tokens.access_token)).status).toBe(200);
});

it('openid-client logs out', async () => {
  const clientId = await makeClient(sandbox);
  const config = await discover(clientId, openid.None());
  const { callback, checks } = await authorize(config, clientId);
  const tokens = await openid.authorizationCodeGrant(config, callback, checks);
  const url = openid.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: appUri,
    state: 'after logout',
  });
  expect(url.href.startsWith(`${issuerOf(sandbox.slug)}/`)).toBe(true);
  const page = await chenOf(sandbox).visit(url.href);
  expect(page.status).toBeLessThan(400);
});
