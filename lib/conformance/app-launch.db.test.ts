import { beforeAll, describe, expect, it } from 'vitest';
import {
  answerToApp,
  authorizeUrl,
  exchangeFields,
  post,
  scope,
  tokensFor,
  verifier,
} from '#lib/authorization-server/tests/browser.ts';
import {
  appUri,
  makeClient,
  makeLaunch,
  makeSandbox,
  type SandboxFixture,
  secret,
} from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { registerClient } from '#lib/data/client/clients.ts';
import { database } from '#lib/data/database/database.ts';
import { secretHash } from '#lib/data/database/secret-hash.ts';
import { ownOrigins } from '#lib/env.ts';
import { clientRegistration } from '#lib/smart/client/registration.ts';
import { askFhir, chenOf, idsFound, launchedTokens, makeHospital } from './servers.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeHospital();
  clientId = await makeClient(sandbox);
});

type Parameters = Record<string, string | undefined>;

async function authorized(parameters: Parameters = {}): Promise<Record<string, string>> {
  const launch = await makeLaunch(sandbox, clientId);
  return answerToApp(await chenOf(sandbox).visit(authorizeUrl(sandbox, clientId, { launch, ...parameters })));
}

async function exchanged(changes: Record<string, string> = {}): Promise<Response> {
  const { code = '' } = await authorized();
  return post(sandbox, 'token', { ...exchangeFields(clientId, code), ...changes });
}

function refresh(refreshToken: string, more: Record<string, string> = {}, app = clientId): Promise<Response> {
  return post(sandbox, 'token', {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: app,
    ...more,
  });
}

describe('PKCE', () => {
  it('works with S256 [SMART 14]', async () => {
    expect((await exchanged()).status).toBe(200);
  });

  it('does not work with plain, not even with the verifier for a challenge [SMART 15]', async () => {
    const plain = { code_challenge: verifier, code_challenge_method: 'plain' };
    const said = await authorized(plain);
    expect([said.error, said.code]).toEqual(['invalid_request', undefined]);
    const unsaid = await authorized({ ...plain, code_challenge_method: undefined });
    expect([unsaid.error, unsaid.code]).toEqual(['invalid_request', undefined]);
  });

  it.each([
    ['an absent', {}],
    ['an empty', { code_verifier: '' }],
    ['another', { code_verifier: 'x'.repeat(64) }],
  ])('refuses %s verifier [SMART 31]', async (_, changes) => {
    const { code = '' } = await authorized();
    const { code_verifier, ...fields } = exchangeFields(clientId, code);
    const response = await post(sandbox, 'token', { ...fields, ...changes });
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_grant']);
  });
});

describe('registration', () => {
  it.each([
    ['longer', `${appUri}/more`],
    ['shorter', 'https://app.example/'],
    ['at another port', 'https://app.example:8443/callback'],
    ['on another host', 'https://app.example.evil.example/callback'],
  ])('decides where the browser goes: not to an address that is %s [SMART 18]', async (_, redirectUri) => {
    const launch = await makeLaunch(sandbox, clientId);
    const url = authorizeUrl(sandbox, clientId, { launch, redirect_uri: redirectUri });
    const response = await chenOf(sandbox).visit(url);
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  it('tells the client_id, the one that was asked for or a new one [SMART 24 316]', async () => {
    const fields = {
      name: 'New app',
      type: 'public',
      scope: 'launch patient/*.rs',
      redirectUris: [appUri],
      launchUri: appUri,
    };
    const read = (more: object = {}) => clientRegistration(ownOrigins()).parse({ ...fields, ...more });
    const named = await registerClient(sandbox.id, read({ clientId: 'named_app' }));
    expect(named).toMatchObject({ client: { clientId: 'named_app', name: 'New app' } });
    const unnamed = await registerClient(sandbox.id, read());
    if (unnamed === 'client-id-taken') throw new Error('The id of an app without one was taken.');
    const launch = await makeLaunch(sandbox, unnamed.client.clientId);
    const url = authorizeUrl(sandbox, unnamed.client.clientId, { launch });
    expect((await chenOf(sandbox).visit(url)).headers.get('location')).toContain('/oauth/interaction/');
  });
});

describe('the authorization endpoint', () => {
  it('sends the code and the untouched state to the redirect URI [SMART 48 53 56 57 59]', async () => {
    const state = 'a+b c/ü&=?#%20';
    const launch = await makeLaunch(sandbox, clientId);
    const response = await chenOf(sandbox).visit(authorizeUrl(sandbox, clientId, { launch, state }));
    expect(response.status).toBe(303);
    const location = new URL(response.headers.get('location') ?? '');
    expect(`${location.origin}${location.pathname}`).toBe(appUri);
    expect(location.searchParams.get('state')).toBe(state);
    const code = location.searchParams.get('code') ?? '';
    expect((await post(sandbox, 'token', exchangeFields(clientId, code))).status).toBe(200);
  });

  it.each([undefined, 'https://evil.example/fhir'])('gives no code for aud %s [SMART 96]', async (aud) => {
    expect(await authorized({ aud })).toMatchObject({ error: 'invalid_request', state: 'the state' });
  });
});

describe('the token endpoint', () => {
  it('puts everything into the body of a JSON answer that no cache keeps [SMART 73 74 75 84 86 87]', async () => {
    const response = await exchanged();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('pragma')).toBe('no-cache');
    const tokens = await response.json();
    expect(tokens).toMatchObject({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: expect.any(Number),
      scope,
      patient: 'baby',
    });
    expect(JSON.stringify([...response.headers])).not.toContain(tokens.access_token);
  });

  it.each([
    ['a wrong code', { code: 'wrong' }, 'invalid_grant'],
    ['another redirect_uri', { redirect_uri: `${appUri}/other` }, 'invalid_grant'],
    ['an unknown grant type', { grant_type: 'magic' }, 'unsupported_grant_type'],
  ])('says in JSON why there is no token for %s [SMART 73]', async (_, changes, error) => {
    const response = await exchanged(changes);
    expect(response.status).toBe(400);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const body = await response.json();
    expect(body).toMatchObject({ error, error_description: expect.any(String) });
    expect(body.access_token).toBeUndefined();
  });

  it('gives tokens that fit into a header [SMART 85]', async () => {
    const { access_token: token } = await (await exchanged()).json();
    expect(token).toMatch(/^[A-Za-z0-9\-._~+/]+=*$/);
    expect(token.length).toBeGreaterThanOrEqual(43);
  });

  it('gives a refresh token only with a scope that wants one [SMART 89]', async () => {
    const kinds = ['launch patient/*.rs', 'launch patient/*.rs online_access', 'launch patient/*.rs offline_access'];
    const given = await Promise.all(kinds.map((asked) => launchedTokens(sandbox, asked)));
    expect(given.map(({ refresh_token: token }) => token !== undefined)).toEqual([false, true, true]);
  });
});

describe('an access token', () => {
  it('works for as long as expires_in said, and no longer [SMART 77 88 94]', async () => {
    const { access_token: token, expires_in: seconds } = await launchedTokens(sandbox, 'launch patient/*.rs');
    const where = { sandboxId_model_id: { sandboxId: sandbox.id, model: 'AccessToken', id: secretHash(token) } };
    const stored = await database().oidcPayload.findUniqueOrThrow({ where });
    const { iat } = stored.payload as { iat: number };
    expect((stored.expiresAt?.getTime() ?? 0) / 1000 - iat).toBeCloseTo(Number(seconds), -1);
    expect((await askFhir(sandbox, '/Patient/baby', token)).status).toBe(200);
    await database().oidcPayload.update({ where, data: { expiresAt: new Date(Date.now() - 1) } });
    const late = await askFhir(sandbox, '/Patient/baby', token);
    expect(late.status).toBe(401);
    expect(late.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
  });

  it('does not work after it was revoked, nor when it never was one [SMART 94]', async () => {
    const tokens = await launchedTokens(sandbox, 'launch patient/*.rs');
    await post(sandbox, 'revoke', { token: tokens.access_token, client_id: tokens.clientId });
    expect((await askFhir(sandbox, '/Patient/baby', tokens.access_token)).status).toBe(401);
    expect((await askFhir(sandbox, '/Patient/baby', 'made-up')).status).toBe(401);
  });

  it('opens the types and verbs of its scopes, and the refusal names the missing one [SMART 95]', async () => {
    const { access_token: token } = await launchedTokens(sandbox, 'launch patient/Observation.s patient/Patient.r');
    expect(await idsFound(sandbox, '/Observation', token)).toEqual(['baby-laboratory', 'baby-vital-signs']);
    expect((await askFhir(sandbox, '/Patient/baby', token)).status).toBe(200);
    const refused = await askFhir(sandbox, '/Observation/baby-laboratory', token);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('patient/Observation.r');
    expect((await askFhir(sandbox, '/Patient', token)).status).toBe(403);
    expect((await askFhir(sandbox, '/Encounter', token)).status).toBe(403);
  });

  it('works at the FHIR base that it was issued for, and at no other [SMART 96]', async () => {
    const { access_token: token } = await launchedTokens(sandbox, 'launch user/*.rs');
    expect((await askFhir(sandbox, '/Patient/baby', token)).status).toBe(200);
    const other = await makeSandbox();
    expect((await askFhir(other, '/Patient/baby', token)).status).toBe(401);
    const where = { sandboxId_model_id: { sandboxId: sandbox.id, model: 'AccessToken', id: secretHash(token) } };
    const { payload } = await database().oidcPayload.findUniqueOrThrow({ where });
    const elsewhere = { ...(payload as object), aud: 'https://other.example/fhir' };
    await database().oidcPayload.update({ where, data: { payload: elsewhere } });
    expect((await askFhir(sandbox, '/Patient/baby', token)).status).toBe(401);
  });
});

describe('a refresh', () => {
  it('answers a new access token with the scopes and the context of the first [SMART 109 110 111 112 113 114]', async () => {
    const first = await launchedTokens(sandbox, 'launch patient/*.rs user/Patient.r offline_access');
    const response = await refresh(first.refresh_token, {}, first.clientId);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const next = await response.json();
    expect(next).toMatchObject({ token_type: 'Bearer', expires_in: expect.any(Number), scope: first.scope });
    expect(next.expires_in).toBeGreaterThan(0);
    expect(next.patient).toBe('baby');
    expect(next.access_token).not.toBe(first.access_token);
    expect((await askFhir(sandbox, '/Patient/peter', next.access_token)).status).toBe(200);
  });

  it('does not bring what the app asked for in vain at first [SMART 78 115]', async () => {
    const narrow = await makeClient(sandbox, { scope: 'launch patient/Patient.rs offline_access' });
    const launch = await makeLaunch(sandbox, narrow);
    const asked = { scope: 'launch patient/*.rs user/*.rs offline_access', launch, nonce: undefined };
    const first = await tokensFor(chenOf(sandbox), narrow, asked);
    expect(first.scope).toBe('launch patient/Patient.rs offline_access');
    const next = await (await refresh(first.refresh_token, {}, narrow)).json();
    expect(next.scope).toBe(first.scope);
    expect((await askFhir(sandbox, '/Observation', next.access_token)).status).toBe(403);
  });

  it('gives less on request, and never more [SMART 104]', async () => {
    const first = await launchedTokens(sandbox, 'launch patient/Patient.rs patient/Observation.rs offline_access');
    const more = await refresh(first.refresh_token, { scope: 'patient/Encounter.rs' }, first.clientId);
    expect([more.status, (await more.json()).error]).toEqual([400, 'invalid_scope']);
    const second = await refresh(first.refresh_token, { scope: 'patient/Patient.rs' }, first.clientId);
    const less = await second.json();
    expect(less.scope).toBe('patient/Patient.rs');
    expect((await askFhir(sandbox, '/Observation', less.access_token)).status).toBe(403);
    expect((await askFhir(sandbox, '/Patient/baby', less.access_token)).status).toBe(200);
  });

  it('of a public app need not name the app, which the token does [SMART 103]', async () => {
    const fields = (token: string) => ({ grant_type: 'refresh_token', refresh_token: token });
    const first = await launchedTokens(sandbox, 'launch patient/*.rs offline_access');
    const response = await post(sandbox, 'token', fields(first.refresh_token));
    expect(await response.json()).toMatchObject({ patient: 'baby', scope: first.scope });

    const confidential = await makeClient(sandbox, { type: 'secret' });
    const launch = await makeLaunch(sandbox, confidential);
    const url = authorizeUrl(sandbox, confidential, { launch });
    const { code = '' } = answerToApp(await chenOf(sandbox).visit(url));
    const exchange = { ...exchangeFields(confidential, code), client_secret: secret };
    const { refresh_token: token } = await (await post(sandbox, 'token', exchange)).json();
    const unproved = await post(sandbox, 'token', fields(token));
    expect(unproved.status).toBeGreaterThanOrEqual(400);
    expect((await unproved.json()).access_token).toBeUndefined();
    const proved = await post(sandbox, 'token', { ...fields(token), client_id: confidential, client_secret: secret });
    expect(proved.status).toBe(200);
  });

  it('works for the client that the token was issued to [SMART 103]', async () => {
    const first = await launchedTokens(sandbox, 'launch patient/*.rs offline_access');
    const stolen = await refresh(first.refresh_token, {}, await makeClient(sandbox));
    expect([stolen.status, (await stolen.json()).error]).toEqual([400, 'invalid_grant']);
    expect((await refresh(first.refresh_token, {}, first.clientId)).status).toBe(200);
  });
});
