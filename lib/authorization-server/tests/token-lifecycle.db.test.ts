import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { type SecretHash, secretHash } from '#lib/data/database/secret-hash.ts';
import { beginSession } from '#lib/data/session/begin-session.ts';
import { endAllSessions } from '#lib/data/session/end-sessions.ts';
import { findAccessToken } from '#lib/data/token/access-tokens.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, scope, tokensFor } from './browser.ts';
import { appUri, makeClient, makeLaunch, makeSandbox, type SandboxFixture, secret } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
});

const chen = () => new Browser(sandbox, sandbox.users.chen);
const hour = 3_600_000;

async function newCode(parameters: object = { patient: 'baby' }, asked: Record<string, string> = {}, app = clientId) {
  const launch = await makeLaunch(sandbox, app, parameters);
  return answerToApp(await chen().visit(authorizeUrl(sandbox, app, { launch, ...asked }))).code ?? '';
}

async function launched(asked: Record<string, string> = {}, app = clientId, parameters: object = { patient: 'baby' }) {
  return tokensFor(chen(), app, { launch: await makeLaunch(sandbox, app, parameters), ...asked });
}

async function send(endpoint: string, fields: Record<string, string>) {
  const response = await post(sandbox, endpoint, fields);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const exchange = (code: string, changes: Record<string, string> = {}) =>
  send('token', { ...exchangeFields(clientId, code), ...changes });

const refresh = (refreshToken: string, changes: Record<string, string> = {}) =>
  send('token', { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId, ...changes });

const introspect = async (token: string, app = clientId) =>
  (await send('introspect', { token, client_id: app })).body as Record<string, unknown>;

/** The access that the FHIR API finds for an access token. */
const known = async (token: string) => (await findAccessToken(sandbox.slug, token))?.token;

const refusedGrant = { status: 400, body: { error: 'invalid_grant' } };

/** Expects that nothing from an authorization works any more, at any endpoint. */
async function expectDead({ access_token, refresh_token }: { access_token: string; refresh_token?: string }) {
  expect(await known(access_token)).toBeUndefined();
  expect(await introspect(access_token)).toEqual({ active: false });
  if (refresh_token) expect(await refresh(refresh_token)).toMatchObject(refusedGrant);
}

const stored = (value: string) => ({ sandboxId: sandbox.id, id: secretHash(value) });
const change = (app: string, data: object) =>
  database().client.update({ where: { sandboxId_clientId: { sandboxId: sandbox.id, clientId: app } }, data });

describe('a code', () => {
  it('is good once: the second use takes back at once what the first one got', async () => {
    const code = await newCode();
    const first = await exchange(code);
    expect(first.status).toBe(200);
    expect(await known(first.body.access_token)).toBeDefined();
    expect(await exchange(code)).toMatchObject(refusedGrant);
    await expectDead(first.body);
    expect(await exchange(code)).toMatchObject(refusedGrant);
  });

  it('used a second time takes back what refreshes have got since', async () => {
    const code = await newCode();
    const first = await exchange(code);
    const next = await refresh(first.body.refresh_token);
    expect(await exchange(code)).toMatchObject(refusedGrant);
    await expectDead(next.body);
  });

  it('of one app is nothing in the hands of another, and still good for its own', async () => {
    const code = await newCode();
    const thief = await makeClient(sandbox);
    expect(await exchange(code, { client_id: thief })).toMatchObject(refusedGrant);
    expect((await exchange(code)).status).toBe(200);
  });

  it.each([
    ['longer', `${appUri}/more`],
    ['shorter', appUri.slice(0, -1)],
    ['of another port', appUri.replace('app.example', 'app.example:8443')],
    ['with a query', `${appUri}?a=b`],
    ['empty', ''],
  ])('needs the redirect_uri it was sent to, not one that is %s', async (_, uri) => {
    const answer = await exchange(await newCode(), { redirect_uri: uri });
    expect(answer.status).toBe(400);
    expect(answer.body.access_token).toBeUndefined();
  });

  it('expires', async () => {
    const code = await newCode();
    const row = await database().oidcPayload.findFirstOrThrow({
      where: { ...stored(code), model: 'AuthorizationCode' },
    });
    const payload = row.payload as { iat: number; exp: number };
    expect(payload.exp - payload.iat).toBe(60);
    await database().oidcPayload.updateMany({
      where: stored(code),
      data: { payload: { ...payload, exp: payload.iat - 1 } },
    });
    expect(await exchange(code)).toMatchObject(refusedGrant);
  });

  it('of another sandbox is unknown', async () => {
    const other = await makeSandbox();
    await makeClient(other, { clientId });
    const response = await post(other, 'token', exchangeFields(clientId, await newCode()));
    expect(response.status).toBe(400);
  });
});

describe('a token response', () => {
  it('is a JSON document that no cache keeps, with a Bearer token and its lifetime as a number [SMART 84 85 86 87 88 89 253 254 255 256 258]', async () => {
    const { headers, body } = await exchange(await newCode());
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('pragma')).toBe('no-cache');
    expect(body.token_type).toBe('Bearer');
    expect(body.expires_in).toBe(3600);
    expect(body.access_token).toMatch(/^[A-Za-z0-9\-._~+/]{43,}=*$/);
    expect(body.refresh_token).toMatch(/^[A-Za-z0-9\-._~+/]{43,}=*$/);
  });

  it('refuses as JSON that no cache keeps', async () => {
    const { headers, body } = await exchange('unknown');
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.error).toBe('invalid_grant');
  });

  it('names each granted scope once, in the order asked for [SMART 78]', async () => {
    const { scope: granted } = await launched({ scope: 'patient/*.rs openid launch patient/*.rs email openid' });
    expect(granted).toBe('patient/*.rs openid launch');
  });
});

describe('a refresh', () => {
  it('answers as the first response did: token, type, lifetime, scope, context [SMART 110 111 112 113]', async () => {
    const fhirContext = [{ reference: 'ImagingStudy/123' }];
    const context = { patient: 'baby', encounter: 'visit', need_patient_banner: false, intent: 'review', fhirContext };
    const { access_token, refresh_token, id_token, ...first } = await launched({}, clientId, context);
    expect(first).toMatchObject({ ...context, scope });
    const { status, headers, body } = await refresh(refresh_token);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('pragma')).toBe('no-cache');
    const { access_token: next, refresh_token: rotated, id_token: again, ...rest } = body;
    expect(rest).toEqual(first);
    expect(rest).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect([next, rotated]).not.toEqual([access_token, refresh_token]);
    expect(again).toBeDefined();
    expect(await introspect(next)).toMatchObject({ active: true, scope, patient: 'baby', encounter: 'visit' });
  });

  it('without scope asks for all that was granted, with fewer scopes for those, and later for all again [SMART 104 109 114 115]', async () => {
    const first = await launched({ scope: 'launch openid patient/*.rs user/Patient.rs offline_access' });
    const fewer = await refresh(first.refresh_token, { scope: 'patient/*.rs patient/*.rs' });
    expect(fewer).toMatchObject({ status: 200, body: { scope: 'patient/*.rs' } });
    expect((await known(fewer.body.access_token))?.scope).toBe('patient/*.rs');
    const all = await refresh(fewer.body.refresh_token);
    expect(all.body.scope).toBe(first.scope);
  });

  it.each(['user/*.cruds', 'patient/*.cruds', 'system/*.rs', 'patient/Patient.rs', 'fhirUser'])(
    'cannot widen to %s, and uses nothing up by trying [SMART 103]',
    async (wider) => {
      const first = await launched({ scope: 'launch openid patient/*.rs offline_access' });
      const answer = await refresh(first.refresh_token, { scope: `patient/*.rs ${wider}` });
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
      expect((await refresh(first.refresh_token)).body.scope).toBe(first.scope);
    },
  );

  it('is for the app that got the token alone, and another app spoils nothing by trying [SMART 103]', async () => {
    const first = await launched();
    const thief = await makeClient(sandbox);
    expect(await refresh(first.refresh_token, { client_id: thief })).toMatchObject(refusedGrant);
    expect((await refresh(first.refresh_token)).status).toBe(200);
  });

  it('of an app with a secret needs the secret, which is refused without using anything up', async () => {
    const app = await makeClient(sandbox, { type: 'secret' });
    const launch = await makeLaunch(sandbox, app);
    const { code = '' } = answerToApp(await chen().visit(authorizeUrl(sandbox, app, { launch })));
    const proof = { client_id: app, client_secret: secret };
    const first = await exchange(code, proof);
    for (const wrong of [{ client_id: app }, { ...proof, client_secret: 'guessed' }]) {
      const { status, body } = await send('token', {
        grant_type: 'refresh_token',
        refresh_token: first.body.refresh_token,
        ...wrong,
      });
      expect([status, body.error]).toEqual([401, 'invalid_client']);
    }
    expect((await refresh(first.body.refresh_token, proof)).status).toBe(200);
  });

  it('rotates, and an old token used again ends all that came from it', async () => {
    const first = await launched();
    const second = await refresh(first.refresh_token);
    const third = await refresh(second.body.refresh_token);
    expect(await refresh(first.refresh_token)).toMatchObject(refusedGrant);
    await expectDead(third.body);
    await expectDead(second.body);
    await expectDead(first);
  });

  it('that several send at the same moment is answered to one of them at most', async () => {
    const first = await launched();
    const answers = await Promise.all([1, 2, 3, 4].map(() => refresh(first.refresh_token)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 400, 400, 400]);
    for (const { status, body } of answers) if (status !== 200) expect(body.error).toBe('invalid_grant');
  });

  it('is refused with an access token, and to an app that got no refresh token [SMART 89]', async () => {
    const { access_token, refresh_token } = await launched({ scope: 'openid launch patient/*.rs' });
    expect(refresh_token).toBeUndefined();
    expect(await refresh(access_token)).toMatchObject(refusedGrant);
  });

  it('is refused after the refresh token, or the grant, has expired', async () => {
    const one = await launched();
    await age(one.refresh_token, 'RefreshToken');
    expect(await refresh(one.refresh_token)).toMatchObject(refusedGrant);
    const two = await launched();
    const { grantId } = await database().oidcPayload.findFirstOrThrow({ where: stored(two.refresh_token) });
    const grant = { sandboxId: sandbox.id, model: 'Grant', id: grantId ?? '' };
    const { payload } = await database().oidcPayload.findFirstOrThrow({ where: grant });
    await database().oidcPayload.updateMany({ where: grant, data: { payload: { ...(payload as object), exp: 1 } } });
    expect(await refresh(two.refresh_token)).toMatchObject(refusedGrant);
  });

  it('at another sandbox is unknown', async () => {
    const other = await makeSandbox();
    await makeClient(other, { clientId });
    const { refresh_token } = await launched();
    const fields = { grant_type: 'refresh_token', refresh_token, client_id: clientId };
    expect((await post(other, 'token', fields)).status).toBe(400);
    expect((await refresh(refresh_token)).status).toBe(200);
  });
});

describe('online_access', () => {
  const online = { scope: 'launch openid patient/*.rs online_access' };

  it('refreshes while the user is signed in, and not after they signed out [SMART 100]', async () => {
    const first = await launched(online);
    const next = await refresh(first.refresh_token);
    expect(next.status).toBe(200);
    await endAllSessions(sandbox.users.chen);
    expect(await refresh(next.body.refresh_token)).toMatchObject(refusedGrant);
  });

  it('does not refresh after the session has expired', async () => {
    const first = await launched(online);
    await database().ehrSession.updateMany({ data: { endsAt: new Date() } });
    expect(await refresh(first.refresh_token)).toMatchObject(refusedGrant);
  });

  it('does not refresh after somebody else signed in to the same browser', async () => {
    const browser = chen();
    const first = await tokensFor(browser, clientId, { launch: await makeLaunch(sandbox, clientId), ...online });
    const before = (await browser.session()) as SecretHash;
    const admin = { id: sandbox.users.admin, passwordHash: 'none' };
    await beginSession(admin, { browser: 'Firefox', address: undefined }, { before });
    expect(await refresh(first.refresh_token)).toMatchObject(refusedGrant);
  });
});

it('offline_access refreshes after the user signed out [SMART 101]', async () => {
  const first = await launched();
  await endAllSessions(sandbox.users.chen);
  expect((await refresh(first.refresh_token)).status).toBe(200);
});

describe('revocation', () => {
  const revoke = async (token: string, more: Record<string, string> = {}) => {
    const response = await post(sandbox, 'revoke', { token, client_id: clientId, ...more });
    return { status: response.status, text: await response.text() };
  };

  it.each(['access_token', 'refresh_token'] as const)('of the %s ends the whole grant', async (kind) => {
    const first = await launched();
    expect(await revoke(first[kind])).toMatchObject({ status: 200 });
    await expectDead(first);
  });

  it.each([
    ['access_token', 'refresh_token'],
    ['refresh_token', 'access_token'],
    ['access_token', 'nonsense'],
  ] as const)('of an %s works with the wrong hint %s', async (kind, hint) => {
    const first = await launched();
    await revoke(first[kind], { token_type_hint: hint });
    await expectDead(first);
  });

  it('of what is no token, or none any more, is answered like a success', async () => {
    expect((await revoke('nothing')).status).toBe(200);
    const { access_token } = await launched();
    await revoke(access_token);
    expect((await revoke(access_token)).status).toBe(200);
  });

  it('by another app has no effect', async () => {
    const first = await launched();
    const other = await makeClient(sandbox);
    for (const token of [first.access_token, first.refresh_token]) await revoke(token, { client_id: other });
    expect(await known(first.access_token)).toBeDefined();
    expect((await refresh(first.refresh_token)).status).toBe(200);
  });

  it('at another sandbox has no effect', async () => {
    const other = await makeSandbox();
    await makeClient(other, { clientId });
    const first = await launched();
    await post(other, 'revoke', { token: first.access_token, client_id: clientId });
    expect(await known(first.access_token)).toBeDefined();
    const introspected = await post(other, 'introspect', { token: first.access_token, client_id: clientId });
    expect(await introspected.json()).toEqual({ active: false });
    expect(await findAccessToken(other.slug, first.access_token)).toMatchObject({ token: undefined });
  });

  it('of one window leaves the other windows of the app alone', async () => {
    const [one, two] = [await launched(), await launched()];
    await revoke(one.refresh_token);
    expect(await known(two.access_token)).toBeDefined();
    expect((await refresh(two.refresh_token)).status).toBe(200);
  });
});

describe('what has changed since the user allowed the app', () => {
  it('narrows the next token to what the app is registered for now, and gives it back with the registration', async () => {
    const app = await makeClient(sandbox);
    const first = await launched({ scope: 'launch openid patient/*.rs user/Patient.rs offline_access' }, app);
    const { scope: before } = await change(app, { scope: 'launch openid patient/Observation.r offline_access' }).then(
      () => ({
        scope: first.scope,
      }),
    );
    const narrowed = await refresh(first.refresh_token, { client_id: app });
    expect(narrowed.body.scope).toBe('launch openid patient/Observation.r offline_access');
    expect((await known(narrowed.body.access_token))?.scope).toBe(narrowed.body.scope);
    await change(app, { scope: before });
    expect((await refresh(narrowed.body.refresh_token, { client_id: app })).body.scope).toBe(before);
  });

  it('ends refreshing when the app is not registered for offline_access any more, and uses nothing up', async () => {
    const app = await makeClient(sandbox);
    const first = await launched({}, app);
    await change(app, { scope: 'launch openid fhirUser patient/*.rs' });
    expect(await refresh(first.refresh_token, { client_id: app })).toMatchObject(refusedGrant);
    await change(app, { scope });
    expect((await refresh(first.refresh_token, { client_id: app })).status).toBe(200);
  });

  it('narrows the next token to what the user may do now [SMART 119]', async () => {
    const other = await makeSandbox();
    const app = await makeClient(other);
    const first = await tokensFor(new Browser(other, other.users.chen), app, {
      scope: 'openid user/*.cruds offline_access',
    });
    expect(first.scope).toContain('user/*.cruds');
    await database().membership.updateMany({
      where: { sandboxId: other.id, userId: other.users.chen },
      data: { role: 'patient', fhirUser: 'Patient/peter' },
    });
    const fields = { grant_type: 'refresh_token', refresh_token: first.refresh_token, client_id: app };
    const next = await (await post(other, 'token', fields)).json();
    expect(next.scope).toBe('openid user/*.rs offline_access');
  });

  it('ends the access of who is no member any more, also with a code', async () => {
    const other = await makeSandbox();
    const app = await makeClient(other);
    const browser = new Browser(other, other.users.chen);
    const asked = { scope: 'openid user/*.rs offline_access' };
    const first = await tokensFor(browser, app, asked);
    const { code = '' } = answerToApp(await browser.visit(authorizeUrl(other, app, asked)));
    await database().membership.deleteMany({ where: { sandboxId: other.id, userId: other.users.chen } });
    const fields = { grant_type: 'refresh_token', refresh_token: first.refresh_token, client_id: app };
    for (const form of [fields, exchangeFields(app, code)]) {
      const response = await post(other, 'token', form);
      expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_grant']);
    }
    expect((await findAccessToken(other.slug, first.access_token))?.token?.user).toBeUndefined();
  });

  it('ends the access of an app that was disabled', async () => {
    const app = await makeClient(sandbox);
    const first = await launched({}, app);
    await change(app, { enabled: false });
    expect((await refresh(first.refresh_token, { client_id: app })).body).toMatchObject({ error: 'invalid_client' });
    expect((await known(first.access_token))?.clientEnabled).toBe(false);
  });
});

it('a token that was written while its grant was revoked is dead', async () => {
  const { access_token } = await launched();
  const { grantId } = await database().oidcPayload.findFirstOrThrow({ where: stored(access_token) });
  await database().oidcPayload.deleteMany({ where: { model: 'Grant', id: grantId ?? '' } });
  await database().grantContext.deleteMany({ where: { grantId: grantId ?? '' } });
  await expectDead({ access_token });
});

it('an expired access token is not active', async () => {
  const { access_token } = await launched();
  await age(access_token, 'AccessToken');
  expect(await introspect(access_token)).toEqual({ active: false });
  expect((await known(access_token))?.expiresAt.getTime()).toBeLessThan(Date.now());
});

/** Makes a token expire, by moving its times into the past. */
async function age(value: string, model: string): Promise<void> {
  const where = { ...stored(value), model };
  const { payload } = await database().oidcPayload.findFirstOrThrow({ where });
  const data = { payload: { ...(payload as object), exp: 1 }, expiresAt: new Date(Date.now() - hour) };
  await database().oidcPayload.updateMany({ where, data });
}
