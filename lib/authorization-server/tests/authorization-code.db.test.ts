import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { secretHash } from '#lib/data/database/secret-hash.ts';
import { endAllSessions } from '#lib/data/session/end-sessions.ts';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, scope, tokensFor } from './browser.ts';
import { appUri, makeClient, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;
let issuer: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
  issuer = `${env().origin}/${sandbox.slug}`;
});

const chen = () => new Browser(sandbox, sandbox.users.chen);
const launch = (parameters: object = { patient: 'baby' }) => makeLaunch(sandbox, clientId, parameters);

describe('an EHR launch of a trusted public app', () => {
  it('takes one request of a signed-in clinician, and gives tokens with the launch context [SMART 48 53 56 57 59 74 75 78 86 87 168 169 170 171 173 174 200 205 209 210 352 355 359 361 362]', async () => {
    const parameters = { patient: 'baby', encounter: 'visit', need_patient_banner: false, intent: 'review' };
    const response = await chen().visit(authorizeUrl(sandbox, clientId, { launch: await launch(parameters) }));
    const { code = '', ...answer } = answerToApp(response);
    expect(answer).toEqual({ state: 'the state', iss: issuer });
    const exchanged = await post(sandbox, 'token', exchangeFields(clientId, code));
    expect(exchanged.headers.get('cache-control')).toBe('no-store');
    expect(exchanged.headers.get('pragma')).toBe('no-cache');
    const tokens = await exchanged.json();
    expect(tokens).toMatchObject({ ...parameters, token_type: 'Bearer', expires_in: 3600, scope });
    const { payload, protectedHeader } = await verified(tokens.id_token);
    expect(protectedHeader.alg).toBe('RS256');
    const fhirUser = `${issuer}/fhir/Practitioner/dr-chen`;
    expect(payload).toMatchObject({
      sub: sandbox.users.chen,
      aud: clientId,
      nonce: 'the nonce',
      fhirUser,
      profile: fhirUser,
    });
  });

  it('takes the launch id inside scope too, and does not grant it as a scope', async () => {
    const legacy = `openid patient/*.read launch:${await launch()}`;
    const tokens = await tokensFor(chen(), clientId, { scope: legacy });
    expect(tokens).toMatchObject({ patient: 'baby', need_patient_banner: true, scope: 'openid patient/*.read' });
  });

  it('takes the request as a form post [SMART 49 354]', async () => {
    const url = new URL(authorizeUrl(sandbox, clientId, { launch: await launch() }), env().origin);
    const browser = chen();
    const posted = await browser.visit(url.pathname, { method: 'POST', body: url.searchParams });
    expect(posted.status).toBe(303);
    expect(answerToApp(await browser.visit(posted.headers.get('location') ?? '')).code).toBeDefined();
  });

  it('takes aud with a slash at its end', async () => {
    const tokens = await tokensFor(chen(), clientId, { launch: await launch(), aud: `${issuer}/fhir/` });
    expect(tokens.patient).toBe('baby');
  });

  it('keeps the contexts of an app that is open twice apart, also over refresh', async () => {
    const browser = chen();
    const one = await tokensFor(browser, clientId, { launch: await launch({ patient: 'baby' }) });
    const two = await tokensFor(browser, clientId, { launch: await launch({ patient: 'peter' }) });
    expect([one.patient, two.patient]).toEqual(['baby', 'peter']);
    expect([(await refresh(one.refresh_token)).patient, (await refresh(two.refresh_token)).patient]).toEqual([
      'baby',
      'peter',
    ]);
  });

  it('drops what is unknown, not registered, or needs a patient who is not there, and says so in scope [SMART 78 164]', async () => {
    const narrow = await makeClient(sandbox, { scope: 'openid launch user/Patient.rs patient/*.rs' });
    const launchId = await makeLaunch(sandbox, narrow, {});
    const asked = 'openid email launch user/*.cruds patient/Patient.rs offline_access';
    const tokens = await tokensFor(new Browser(sandbox, sandbox.users.chen), narrow, {
      launch: launchId,
      scope: asked,
    });
    expect(tokens.scope).toBe('openid launch user/Patient.rs');
    expect(tokens.refresh_token).toBeUndefined();
  });

  it('passes granular scopes through as they are', async () => {
    const granular =
      'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory';
    const tokens = await tokensFor(chen(), clientId, {
      launch: await launch(),
      scope: `launch ${granular}`,
      nonce: undefined,
    });
    expect(tokens.scope).toBe(`launch ${granular}`);
  });

  it('gives a refresh token for online_access, and none without [SMART 89]', async () => {
    const online = await tokensFor(chen(), clientId, { launch: await launch(), scope: 'openid online_access' });
    expect(online.refresh_token).toBeDefined();
    const neither = await tokensFor(chen(), clientId, { launch: await launch(), scope: 'openid patient/*.rs' });
    expect(neither.refresh_token).toBeUndefined();
  });

  it('keeps no bearer secret readable in the database', async () => {
    const browser = chen();
    const tokens = await tokensFor(browser, clientId, { launch: await launch() });
    const rows = JSON.stringify(await database().oidcPayload.findMany({ where: { sandboxId: sandbox.id } }));
    const session = browser.cookies.get(`/${sandbox.slug} _session`) ?? '';
    expect(session).not.toBe('');
    for (const secret of [tokens.access_token, tokens.refresh_token, session]) {
      expect(rows).not.toContain(secret);
      expect(rows).toContain(secretHash(secret));
    }
  });
});

describe('refresh', () => {
  it('rotates, and takes everything back when an old token is used again', async () => {
    const tokens = await tokensFor(chen(), clientId, { launch: await launch() });
    const next = await refresh(tokens.refresh_token);
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    expect(next.id_token).toBeDefined();
    const again = await post(sandbox, 'token', refreshFields(tokens.refresh_token));
    expect([again.status, (await again.json()).error]).toEqual([400, 'invalid_grant']);
    expect((await post(sandbox, 'token', refreshFields(next.refresh_token))).status).toBe(400);
    expect(await introspect(next.access_token)).toEqual({ active: false });
  });

  it('narrows to a subset on request, and never widens [SMART 104]', async () => {
    const tokens = await tokensFor(chen(), clientId, { launch: await launch() });
    const narrowed = await refresh(tokens.refresh_token, { scope: 'patient/*.rs' });
    expect(narrowed).toMatchObject({ scope: 'patient/*.rs', patient: 'baby' });
    const wider = await post(sandbox, 'token', { ...refreshFields(narrowed.refresh_token), scope: 'user/*.cruds' });
    expect([wider.status, (await wider.json()).error]).toEqual([400, 'invalid_scope']);
  });

  it('with online_access ends with the login session, with offline_access it does not [SMART 100 101 365 366]', async () => {
    const browser = chen();
    const online = await tokensFor(browser, clientId, { launch: await launch(), scope: 'openid online_access' });
    const offline = await tokensFor(browser, clientId, { launch: await launch() });
    const next = await refresh(online.refresh_token);
    await endAllSessions(sandbox.users.chen);
    const response = await post(sandbox, 'token', refreshFields(next.refresh_token));
    expect([response.status, (await response.json()).error_description]).toEqual([
      400,
      expect.stringMatching(/session/),
    ]);
    await refresh(offline.refresh_token);
  });

  it('is refused to another client', async () => {
    const tokens = await tokensFor(chen(), clientId, { launch: await launch() });
    const other = await makeClient(sandbox);
    const response = await post(sandbox, 'token', { ...refreshFields(tokens.refresh_token), client_id: other });
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_grant']);
  });
});

describe('introspection and revocation', () => {
  it('tell scope, client, user, patient and encounter, until the token is revoked [SMART 272 273 274 278 279]', async () => {
    const launchId = await launch({ patient: 'baby', encounter: 'visit' });
    const tokens = await tokensFor(chen(), clientId, { launch: launchId });
    expect(await introspect(tokens.access_token)).toMatchObject({
      active: true,
      scope,
      client_id: clientId,
      iss: issuer,
      sub: sandbox.users.chen,
      patient: 'baby',
      encounter: 'visit',
      fhirUser: `${issuer}/fhir/Practitioner/dr-chen`,
    });
    const revoked = await post(sandbox, 'revoke', { token: tokens.access_token, client_id: clientId });
    expect(revoked.status).toBe(200);
    expect(await introspect(tokens.access_token)).toEqual({ active: false });
    expect((await post(sandbox, 'token', refreshFields(tokens.refresh_token))).status).toBe(400);
  });

  it('answer inactive for what is no token here [SMART 272]', async () => {
    expect(await introspect('nothing')).toEqual({ active: false });
    const other = await makeSandbox();
    const there = await makeClient(other);
    const foreign = await tokensFor(new Browser(other, other.users.chen), there, { scope: 'openid user/*.rs' });
    expect(await introspect(foreign.access_token)).toEqual({ active: false });
  });
});

describe('what everyone may ask', () => {
  it('is discovered at the configured origin, whatever the request says', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    const request = new Request(`http://evil.example/${sandbox.slug}/.well-known/openid-configuration`, { headers });
    const response = await answerOauth(request, sandbox.slug, async () => undefined);
    const found = await response.json();
    expect(JSON.stringify(found)).not.toContain('evil');
    expect(found).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      jwks_uri: `${issuer}/oauth/jwks`,
      code_challenge_methods_supported: ['S256'],
    });
    expect(found.id_token_signing_alg_values_supported).toContain('RS256');
  });

  it('is 404 for a sandbox that does not exist', async () => {
    const request = new Request(`${env().origin}/nowhere/oauth/jwks`);
    expect((await answerOauth(request, 'nowhere', async () => undefined)).status).toBe(404);
  });

  it('keeps private parts out of the JWKS [SMART 207]', async () => {
    const request = new Request(`${issuer}/oauth/jwks`);
    const { keys } = await (await answerOauth(request, sandbox.slug, async () => undefined)).json();
    expect(keys.map(({ kty }: { kty: string }) => kty).sort()).toEqual(['EC', 'RSA']);
    for (const key of keys) {
      expect(key.kid).toBeDefined();
      expect(Object.keys(key)).not.toEqual(expect.arrayContaining(['d']));
    }
  });

  it('is userinfo for the token of a user', async () => {
    const tokens = await tokensFor(chen(), clientId, { launch: await launch() });
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const response = await answerOauth(
      new Request(`${issuer}/oauth/userinfo`, { headers }),
      sandbox.slug,
      async () => undefined,
    );
    expect(await response.json()).toMatchObject({
      sub: sandbox.users.chen,
      fhirUser: `${issuer}/fhir/Practitioner/dr-chen`,
    });
  });
});

describe('CORS', () => {
  const origin = new URL(appUri).origin;

  it.each(['token', 'introspect', 'revoke', 'userinfo', 'jwks'])('answers the preflight of %s', async (endpoint) => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const request = new Request(`${issuer}/oauth/${endpoint}`, { method: 'OPTIONS', headers });
    const response = await answerOauth(request, sandbox.slug, async () => undefined);
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization');
  });

  it("lets the client's own origins read the token response, and no others", async () => {
    const code = async () =>
      answerToApp(await chen().visit(authorizeUrl(sandbox, clientId, { launch: await launch() }))).code ?? '';
    const own = await post(sandbox, 'token', exchangeFields(clientId, await code()), { origin });
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    const foreign = await post(sandbox, 'token', exchangeFields(clientId, await code()), {
      origin: 'https://evil.example',
    });
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([400, null]);
  });
});

function refreshFields(refreshToken: string): Record<string, string> {
  return { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId };
}

async function refresh(refreshToken: string, more: Record<string, string> = {}) {
  const response = await post(sandbox, 'token', { ...refreshFields(refreshToken), ...more });
  expect(response.status).toBe(200);
  return response.json();
}

async function introspect(token: string) {
  const response = await post(sandbox, 'introspect', { token, client_id: clientId });
  expect(response.status).toBe(200);
  return response.json();
}

function verified(idToken: string) {
  const fetchHere = (url: string, init: RequestInit) =>
    answerOauth(new Request(url, init), sandbox.slug, async () => undefined);
  const keys = createRemoteJWKSet(new URL(`${issuer}/oauth/jwks`), { [customFetch]: fetchHere });
  return jwtVerify(idToken, keys, { issuer, audience: clientId });
}
