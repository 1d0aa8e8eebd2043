import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { appUri, makeLaunch, type SandboxFixture } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { ticked, Visit } from '#lib/authorization-server/tests/visit.ts';
import { makeInitialAccessToken } from '#lib/data/client/initial-access-tokens.ts';
import { setRegistrationMode } from '#lib/data/client/registration-mode.ts';
import { fhirBaseOf, issuerOf } from '#lib/env.ts';
import { askFhir, fetchHere, makeHospital } from './servers.ts';

const scope = 'launch openid fhirUser patient/*.rs offline_access';
const metadata = { client_name: 'Self-made', redirect_uris: [appUri], scope, launch_uri: 'https://app.example/launch' };

let sandbox: SandboxFixture;

beforeAll(async () => {
  sandbox = await makeHospital();
});

/** Launches the app from the EHR, consents as the clinician, and returns the tokens. */
async function launch(config: openid.Configuration) {
  const clientId = config.clientMetadata().client_id;
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
  const parameters = {
    redirect_uri: appUri,
    scope,
    aud: fhirBaseOf(sandbox.slug),
    launch: await makeLaunch(sandbox, clientId),
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  };
  const visit = Visit.by(sandbox, sandbox.users.chen);
  visit.arrive(await visit.browser.visit(openid.buildAuthorizationUrl(config, parameters).href));
  const response = await visit.answer('consent', ticked(...scope.split(' ')));
  const callback = new URL(response.headers.get('location') ?? '');
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  return openid.authorizationCodeGrant(config, callback, checks);
}

describe('openid-client registers an app and launches it, with consent and PKCE', () => {
  it.each([
    ['none', openid.None],
    ['client_secret_basic', openid.ClientSecretBasic],
    ['client_secret_post', openid.ClientSecretPost],
  ])('%s', async (method, authentication) => {
    await setRegistrationMode(sandbox.id, 'open');
    const sent = { ...metadata, token_endpoint_auth_method: method };
    const config = await openid.dynamicClientRegistration(
      new URL(issuerOf(sandbox.slug)),
      sent,
      method === 'none' ? openid.None() : undefined,
      { execute: [openid.allowInsecureRequests], [openid.customFetch]: fetchHere },
    );
    const registered = config.clientMetadata();
    expect(registered).toMatchObject(sent);
    const again = new openid.Configuration(
      config.serverMetadata(),
      registered.client_id,
      undefined,
      authentication(registered.client_secret ?? ''),
    );
    openid.allowInsecureRequests(again);
    again[openid.customFetch] = fetchHere;
    const tokens = await launch(again);
    expect(tokens).toMatchObject({ patient: 'baby', scope });
    expect((await askFhir(sandbox, '/Patient/baby', tokens.access_token)).status).toBe(200);
    expect((await openid.refreshTokenGrant(again, tokens.refresh_token ?? '')).patient).toBe('baby');
  });
});

describe('oauth4webapi', () => {
  const options = { [oauth.allowInsecureRequests]: true, [oauth.customFetch]: fetchHere };

  async function discovered() {
    const issuer = new URL(issuerOf(sandbox.slug));
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  }

  it('registers an app with an initial access token, and learns why it cannot without', async () => {
    await setRegistrationMode(sandbox.id, 'token');
    const server = await discovered();
    const token = { label: 'For a test', madeBy: 'Ada Admin', expiresAt: null };
    const initialAccessToken = await makeInitialAccessToken(sandbox.id, token);
    const response = await oauth.dynamicClientRegistrationRequest(server, metadata, { ...options, initialAccessToken });
    const client = await oauth.processDynamicClientRegistrationResponse(response);
    expect(client).toMatchObject({ ...metadata, client_secret_expires_at: 0 });
    const refused = await oauth.dynamicClientRegistrationRequest(server, metadata, options);
    await expect(oauth.processDynamicClientRegistrationResponse(refused)).rejects.toThrow(
      oauth.WWWAuthenticateChallengeError,
    );
  });

  it('learns what is wrong with the metadata by the codes of RFC 7591', async () => {
    await setRegistrationMode(sandbox.id, 'open');
    const server = await discovered();
    const sent = { ...metadata, redirect_uris: ['http://app.example/'] };
    const refused = await oauth.dynamicClientRegistrationRequest(server, sent, options);
    await expect(oauth.processDynamicClientRegistrationResponse(refused)).rejects.toMatchObject({
      error: 'invalid_redirect_uri',
      error_description: expect.stringMatching(/^redirect_uris\[0\] must use https/),
    });
  });
});
