import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { secretHash } from '#lib/data/database/secret-hash.ts';
import { hashLaunchId } from '#lib/data/launch/launches.ts';
import { endAllSessions } from '#lib/data/session/end-sessions.ts';
import { env } from '#lib/env.ts';
import { Browser, exchangeFields, post, type TokenResponse, tokensFor } from './browser.ts';
import { askToken, makeKey, makeService, sign } from './key-client.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture, secret } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let app: string;
/** Tokens of two backend services: one that may introspect, and one that may not. */
let inspector: string;
let service: string;

const context = {
  patient: 'baby',
  encounter: 'visit',
  intent: 'reconcile-medications',
  need_patient_banner: false,
  smart_style_url: 'https://ehr.example/style.json',
  fhirContext: [{ reference: 'Questionnaire/intake', type: 'Questionnaire' }],
  tenant: 'Building 5',
};

const basic = (clientId: string) => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(secret)}`).toString('base64')}`,
});
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function serviceToken(of: SandboxFixture, scope: string): Promise<string> {
  const key = await makeKey();
  const clientId = await makeService(of, { keys: [key] }, scope);
  const response = await post(of, 'token', { ...askToken(await sign(of, clientId, key)), scope });
  return (await response.json()).access_token;
}

beforeAll(async () => {
  sandbox = await makeSandbox();
  app = await makeClient(sandbox);
  inspector = await serviceToken(sandbox, 'system/*.rs __introspect');
  service = await serviceToken(sandbox, 'system/*.rs');
});

async function launched(clientId = app, parameters: object = context): Promise<TokenResponse> {
  const launch = await makeLaunch(sandbox, clientId, parameters);
  return tokensFor(new Browser(sandbox, sandbox.users.chen), clientId, { launch });
}

const decodeClient = ({ client_id: clientId }: { client_id: string }) => ({ clientId });

async function introspect(token: string, headers: Record<string, string>, fields: Record<string, string> = {}) {
  const response = await post(sandbox, 'introspect', { token, ...fields }, headers);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.json();
}

describe('a live token', () => {
  it('is described as it was issued [SMART 271 272 273 274 275 276 278 279 280]', async () => {
    const before = Math.floor(Date.now() / 1000);
    const tokens = await launched();
    const described = await introspect(tokens.access_token, bearer(inspector));
    const { iss, sub, fhirUser } = decodeJwt(tokens.id_token);
    expect(described).toMatchObject({ active: true, scope: tokens.scope, client_id: app, iss, sub, fhirUser });
    expect(fhirUser).toBe(`${env().origin}/${sandbox.slug}/fhir/Practitioner/dr-chen`);
    expect(described.exp - described.iat).toBe(tokens.expires_in);
    expect(described.exp).toBeGreaterThanOrEqual(before + Number(tokens.expires_in));
  });

  it('tells every launch context parameter of the token response [SMART 277]', async () => {
    const tokens = await launched();
    expect(tokens).toMatchObject(context);
    expect(await introspect(tokens.access_token, bearer(inspector))).toMatchObject(context);
    expect(await introspect(tokens.refresh_token, bearer(inspector))).toMatchObject(context);
  });

  it('is described the same to a client that authenticates and to a bearer', async () => {
    const tokens = await launched();
    const server = await makeClient(sandbox, { type: 'secret' });
    const answers = await Promise.all([
      introspect(tokens.access_token, bearer(inspector)),
      introspect(tokens.access_token, basic(server)),
      introspect(tokens.access_token, {}, { client_id: server, client_secret: secret }),
      introspect(tokens.access_token, {}, { client_id: app }),
      introspect(tokens.access_token, bearer(tokens.access_token)),
    ]);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0].active).toBe(true);
  });

  it('keeps its context over a refresh [SMART 277]', async () => {
    const { refresh_token } = await launched();
    const fields = { grant_type: 'refresh_token', refresh_token, client_id: app };
    const next = await (await post(sandbox, 'token', fields)).json();
    expect(await introspect(next.access_token, bearer(inspector))).toMatchObject({ ...context, scope: next.scope });
  });

  it('says of a service what it may, and of no user [SMART 273 274]', async () => {
    const described = await introspect(service, bearer(inspector));
    expect(described).toMatchObject({ active: true, scope: 'system/*.rs', token_type: 'Bearer' });
    expect(Object.keys(described).sort()).toEqual([
      'active',
      'aud',
      'client_id',
      'exp',
      'iat',
      'iss',
      'scope',
      'token_type',
    ]);
  });

  it('is worth what its user can grant today', async () => {
    const clientId = await makeClient(sandbox, { scope: 'openid user/*.cruds smart/orchestrate_launch' });
    const scope = 'openid user/*.cruds smart/orchestrate_launch';
    const tokens = await tokensFor(new Browser(sandbox, sandbox.users.chen), clientId, { scope });
    const role = (value: 'patient' | 'clinician') =>
      database().membership.updateMany({ where: { userId: sandbox.users.chen }, data: { role: value } });
    await role('patient');
    expect((await introspect(tokens.access_token, bearer(inspector))).scope).toBe('openid user/*.rs');
    await role('clinician');
    expect((await introspect(tokens.access_token, bearer(inspector))).scope).toBe(scope);
  });

  it('has no fhirUser that a launch made up', async () => {
    const forged = { patient: 'baby', fhirUser: 'Practitioner/other', sub: 'other', active: false, username: 'other' };
    const clientId = await makeClient(sandbox, { scope: 'launch patient/*.rs' });
    const launch = await makeLaunch(sandbox, clientId);
    // As a launch of an earlier version may hold it.
    await database().launchContext.update({ where: { launchId: hashLaunchId(launch) }, data: { parameters: forged } });
    const browser = new Browser(sandbox, sandbox.users.chen);
    const tokens = await tokensFor(browser, clientId, { launch, scope: 'launch patient/*.rs', nonce: undefined });
    expect(tokens).toMatchObject({ patient: 'baby' });
    for (const name of ['fhirUser', 'sub', 'active', 'username']) expect(tokens).not.toHaveProperty(name);
    await database().grantContext.updateMany({ where: { sandboxId: sandbox.id, clientId }, data: { context: forged } });
    const described = await introspect(tokens.access_token, bearer(inspector));
    expect(described).toMatchObject({ active: true, patient: 'baby', sub: sandbox.users.chen });
    expect([described.fhirUser, described.username]).toEqual([undefined, undefined]);
  });
});

describe('who may ask', () => {
  it('the bearer of __introspect, about tokens of every client [SMART 282 283]', async () => {
    const other = await launched(await makeClient(sandbox));
    for (const token of [other.access_token, other.refresh_token, service, inspector]) {
      expect((await introspect(token, bearer(inspector))).active).toBe(true);
    }
  });

  it('a clinician’s app with __introspect too [SMART 282 283]', async () => {
    const scope = 'openid fhirUser user/*.rs __introspect';
    const clientId = await makeClient(sandbox, { scope });
    const tokens = await tokensFor(new Browser(sandbox, sandbox.users.chen), clientId, { scope });
    expect(tokens.scope).toContain('__introspect');
    expect((await introspect(service, bearer(tokens.access_token))).active).toBe(true);
    await database().membership.updateMany({ where: { userId: sandbox.users.chen }, data: { role: 'patient' } });
    expect(await introspect(service, bearer(tokens.access_token))).toEqual({ active: false });
    await database().membership.updateMany({ where: { userId: sandbox.users.chen }, data: { role: 'clinician' } });
  });

  it('an app that registered itself about its own tokens alone, whatever it proves', async () => {
    const dynamic = await makeClient(sandbox, { type: 'secret', dynamic: true });
    const other = await launched(await makeClient(sandbox));
    expect(await introspect(other.access_token, basic(dynamic))).toEqual({ active: false });
    expect(await introspect(inspector, basic(dynamic))).toEqual({ active: false });
    await database().client.updateMany({ where: { clientId: dynamic }, data: { dynamic: false } });
    expect((await introspect(other.access_token, basic(dynamic))).active).toBe(true);
  });

  it('no bearer of __introspect whose app registered itself', async () => {
    const other = await launched(await makeClient(sandbox));
    const { clientId } = decodeClient(await introspect(inspector, bearer(inspector)));
    await database().client.updateMany({ where: { clientId }, data: { dynamic: true } });
    expect(await introspect(other.access_token, bearer(inspector))).toEqual({ active: false });
    expect((await introspect(inspector, bearer(inspector))).active).toBe(true);
    await database().client.updateMany({ where: { clientId }, data: { dynamic: false } });
  });

  it('a patient gives no app __introspect', async () => {
    const scope = 'openid fhirUser user/*.rs __introspect';
    const clientId = await makeClient(sandbox, { scope });
    const tokens = await tokensFor(new Browser(sandbox, sandbox.users.peter), clientId, { scope });
    expect(tokens.scope).not.toContain('__introspect');
    expect(await introspect(service, bearer(tokens.access_token))).toEqual({ active: false });
  });

  it('other bearers about tokens of their own client alone', async () => {
    const [one, two] = [await launched(), await launched()];
    const other = await launched(await makeClient(sandbox));
    expect((await introspect(two.access_token, bearer(one.access_token))).active).toBe(true);
    expect((await introspect(two.refresh_token, bearer(one.access_token))).active).toBe(true);
    expect(await introspect(other.access_token, bearer(one.access_token))).toEqual({ active: false });
    expect(await introspect(other.refresh_token, bearer(one.access_token))).toEqual({ active: false });
    expect(await introspect(inspector, bearer(service))).toEqual({ active: false });
  });

  it('a public client about its own tokens alone', async () => {
    const other = await launched(await makeClient(sandbox));
    expect(await introspect(other.access_token, {}, { client_id: app })).toEqual({ active: false });
  });
});

describe('a token is inactive, and nothing else is said [SMART 272]', () => {
  const expectInactive = async (token: string) =>
    expect(await introspect(token, bearer(inspector))).toEqual({ active: false });
  const changed = (clientId: string, data: object) =>
    database().client.updateMany({ where: { sandboxId: sandbox.id, clientId }, data });

  it.each(['nothing', 'a.b.c', 'x'.repeat(10_000), '%00'])('that was never issued: %.12s', expectInactive);

  it('that has expired', async () => {
    const { access_token } = await launched();
    const past = new Date(Date.now() - 1000);
    await database().oidcPayload.updateMany({
      where: { sandboxId: sandbox.id, model: 'AccessToken', payload: { path: ['clientId'], equals: app } },
      data: { expiresAt: past },
    });
    await expectInactive(access_token);
  });

  it('that was revoked, and with it what was granted', async () => {
    const tokens = await launched();
    await post(sandbox, 'revoke', { token: tokens.refresh_token, client_id: app });
    await expectInactive(tokens.refresh_token);
    await expectInactive(tokens.access_token);
  });

  it('that was used up', async () => {
    const { refresh_token } = await launched();
    await post(sandbox, 'token', { grant_type: 'refresh_token', refresh_token, client_id: app });
    await expectInactive(refresh_token);
  });

  it('whose app is disabled, also for a client that authenticates', async () => {
    const clientId = await makeClient(sandbox);
    const { access_token } = await launched(clientId);
    await changed(clientId, { enabled: false });
    await expectInactive(access_token);
    const server = await makeClient(sandbox, { type: 'secret' });
    expect(await introspect(access_token, basic(server))).toEqual({ active: false });
  });

  it('whose session has ended, for online_access', async () => {
    const clientId = await makeClient(sandbox);
    const browser = new Browser(sandbox, sandbox.users.chen);
    const scope = 'openid fhirUser user/*.rs online_access';
    const { refresh_token } = await tokensFor(browser, clientId, { scope });
    expect((await introspect(refresh_token, bearer(inspector))).active).toBe(true);
    await endAllSessions(sandbox.users.chen);
    await expectInactive(refresh_token);
  });

  it('whose user is no member any more', async () => {
    const { access_token } = await launched();
    const where = { sandboxId: sandbox.id, userId: sandbox.users.chen };
    const membership = await database().membership.findFirstOrThrow({ where });
    await database().membership.deleteMany({ where });
    const described = await introspect(access_token, bearer(inspector));
    await database().membership.create({ data: membership });
    expect(described).toEqual({ active: false });
  });

  it('whose grant has expired', async () => {
    const clientId = await makeClient(sandbox);
    const { refresh_token } = await launched(clientId);
    await database().oidcPayload.updateMany({
      where: { sandboxId: sandbox.id, model: 'Grant', payload: { path: ['clientId'], equals: clientId } },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    await expectInactive(refresh_token);
  });

  it('of another sandbox', async () => {
    const elsewhere = await makeSandbox();
    await expectInactive(await serviceToken(elsewhere, 'system/*.rs'));
  });
});

describe('a bearer is refused', () => {
  it.each(['', ' ', ' nothing', ' a b', ' ÿ'])('with the header Bearer%s', async (value) => {
    const response = await post(sandbox, 'introspect', { token: service }, { authorization: `Bearer${value}` });
    expect([response.status, (await response.json()).error]).toEqual([401, 'invalid_token']);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
  });

  it('with a token of another sandbox, a refresh token, or one that was revoked', async () => {
    const elsewhere = await serviceToken(await makeSandbox(), 'system/*.rs __introspect');
    const [{ refresh_token }, { access_token }] = [await launched(), await launched()];
    await post(sandbox, 'revoke', { token: access_token, client_id: app });
    expect((await introspect(refresh_token, bearer(inspector))).active).toBe(true);
    for (const token of [elsewhere, refresh_token, access_token]) {
      const response = await post(sandbox, 'introspect', { token: service }, bearer(token));
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /);
    }
  });

  it('with a token for another server', async () => {
    const token = await serviceToken(sandbox, 'system/*.rs __introspect');
    const where = { sandboxId: sandbox.id, id: secretHash(token) };
    const { payload } = await database().oidcPayload.findFirstOrThrow({ where });
    await database().oidcPayload.updateMany({
      where,
      data: { payload: { ...(payload as object), aud: 'https://other.example/fhir' } },
    });
    expect((await post(sandbox, 'introspect', { token: service }, bearer(token))).status).toBe(401);
  });

  it.each<[string, Record<string, string>]>([
    ['says no token', {}],
    ['says an empty one', { token: '' }],
    ['brings a secret too', { token: 'x', client_id: 'y', client_secret: 'z' }],
    ['brings an assertion too', { token: 'x', client_assertion: 'z' }],
  ])('when it %s', async (_, fields) => {
    const response = await post(sandbox, 'introspect', fields, bearer(inspector));
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_request']);
  });

  it('elsewhere: at the token endpoint a bearer is no client', async () => {
    const response = await post(sandbox, 'token', exchangeFields(app, 'code'), bearer(inspector));
    expect(response.status).toBe(400);
  });
});
