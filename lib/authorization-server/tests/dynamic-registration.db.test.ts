import { beforeAll, describe, expect, it } from 'vitest';
import { findClient, setClientEnabled } from '#lib/data/client/clients.ts';
import { maxDynamicClients, registrationRate } from '#lib/data/client/dynamic-clients.ts';
import { makeInitialAccessToken, revokeInitialAccessToken } from '#lib/data/client/initial-access-tokens.ts';
import { setRegistrationMode } from '#lib/data/client/registration-mode.ts';
import { database } from '#lib/data/database/database.ts';
import { env } from '#lib/env.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { RegistrationMode } from '#lib/smart/dynamic/registration-mode.ts';
import { answerOauth } from '../answer-oauth.ts';
import { post } from './browser.ts';
import { makeClient, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

const app = { redirect_uris: ['https://app.example/callback'], client_name: 'Self-made', scope: 'openid patient/*.rs' };

let off: SandboxFixture;
let open: SandboxFixture;
let guarded: SandboxFixture;
let initialAccessToken: string;

async function sandboxWith(mode: RegistrationMode): Promise<SandboxFixture> {
  const sandbox = await makeSandbox();
  await setRegistrationMode(sandbox.id, mode);
  return sandbox;
}

const newToken = (sandbox: SandboxFixture, expiresAt: Date | null = null) =>
  makeInitialAccessToken(sandbox.id, { label: 'For a test', madeBy: 'Ada Admin', expiresAt });

beforeAll(async () => {
  off = await makeSandbox();
  open = await sandboxWith('open');
  guarded = await sandboxWith('token');
  initialAccessToken = await newToken(guarded);
});

interface Sent {
  method?: string;
  path?: string;
  /** Sent as JSON; a string is sent unchanged. */
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

async function send({ slug }: SandboxFixture, { method = 'POST', path = '', body, token, headers = {} }: Sent) {
  const request = new Request(`${env().origin}/${slug}/oauth/register${path}`, {
    method,
    headers: {
      ...withoutUndefined({
        'content-type': body === undefined ? undefined : 'application/json',
        authorization: token ? `Bearer ${token}` : undefined,
      }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const response = await answerOauth(request, slug, async () => undefined);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

/** Registers an app in an open sandbox and returns the response. */
async function registered(change: object = {}, sandbox = open) {
  const { status, body } = await send(sandbox, { body: { ...app, ...change } });
  if (status !== 201) throw new Error(JSON.stringify(body));
  const path = new URL(body.registration_client_uri).pathname.split('/oauth/register')[1];
  return { ...body, path, token: body.registration_access_token };
}

const count = (sandbox: SandboxFixture) => database().client.count({ where: { sandboxId: sandbox.id } });

describe('a sandbox where registration is switched off', () => {
  it.each(['POST', 'GET', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s and says why', async (method) => {
    const path = method === 'POST' ? '' : '/some-client';
    const { status, body, headers } = await send(off, { method, path });
    expect(status).toBe(403);
    expect(body.error_description).toMatch(/^Apps cannot register themselves in this sandbox/);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(await count(off)).toBe(0);
  });

  it('notices at once that it was switched on, and off again', async () => {
    const sandbox = await sandboxWith('open');
    const { path, token } = await registered({}, sandbox);
    await setRegistrationMode(sandbox.id, 'off');
    expect((await send(sandbox, { body: app })).status).toBe(403);
    expect((await send(sandbox, { method: 'GET', path, token })).status).toBe(403);
    await setRegistrationMode(sandbox.id, 'open');
    expect((await send(sandbox, { method: 'GET', path, token })).status).toBe(200);
  });
});

describe('an open sandbox', () => {
  it('registers a public app and tells everything about it', async () => {
    const { status, headers, body } = await send(open, { body: { ...app, token_endpoint_auth_method: 'none' } });
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      ...app,
      client_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      client_id_issued_at: expect.any(Number),
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      registration_client_uri: `${env().origin}/${open.slug}/oauth/register/${body.client_id}`,
      registration_access_token: expect.stringMatching(/^[\w-]{43}$/),
    });
    const client = await findClient(open.id, body.client_id);
    expect(client).toMatchObject({ dynamic: true, trusted: false, requirePkce: true, enabled: true, type: 'public' });
  });

  it('gives a confidential app its secret once, which works at the token endpoint, and stores neither it nor the token', async () => {
    const { client_id, client_secret, client_secret_expires_at, token, path } = await registered();
    expect(client_secret).toMatch(/^[\w-]{43}$/);
    expect(client_secret_expires_at).toBe(0);
    const authorization = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
    const fields = { grant_type: 'refresh_token', refresh_token: 'none' };
    expect((await (await post(open, 'token', fields, { authorization })).json()).error).toBe('invalid_grant');
    const wrong = `Basic ${Buffer.from(`${client_id}:${client_secret}x`).toString('base64')}`;
    expect((await (await post(open, 'token', fields, { authorization: wrong })).json()).error).toBe('invalid_client');
    const { text, body } = await send(open, { method: 'GET', path, token });
    expect(body.client_id).toBe(client_id);
    expect(text).not.toMatch(/client_secret"|scrypt/);
    const stored = JSON.stringify([await database().client.findMany(), await database().oidcPayload.findMany()]);
    for (const secret of [client_secret, token]) expect(stored).not.toContain(secret);
  });

  it('keeps metadata for people to read, and leaves out what it does not know', async () => {
    const said = { contacts: ['dev@app.example'], tos_uri: 'https://app.example/tos', software_id: 'self' };
    const { client_id, ...answered } = await registered({ ...said, favourite_colour: 'blue', skip_consent: true });
    expect(answered).toMatchObject(said);
    expect(answered.favourite_colour).toBeUndefined();
    expect((await findClient(open.id, client_id))?.metadata).toMatchObject(said);
    expect((await findClient(open.id, client_id))?.trusted).toBe(false);
  });

  it.each([
    ['invalid_redirect_uri', /^redirect_uris\[0\] must use https/, { redirect_uris: ['http://app.example/'] }],
    [
      'invalid_redirect_uri',
      /^redirect_uris must not be more than 20/,
      { redirect_uris: Array.from({ length: 50 }, (_, n) => `https://app.example/${n}`) },
    ],
    ['invalid_redirect_uri', /^redirect_uris must not be empty/, { redirect_uris: [] }],
    [
      'invalid_client_metadata',
      /^scope must not hold system\//,
      { scope: 'system/*.rs', grant_types: ['authorization_code', 'client_credentials'] },
    ],
    [
      'invalid_client_metadata',
      /^scope must not hold smart\/orchestrate_launch/,
      { scope: 'launch smart/orchestrate_launch' },
    ],
    ['invalid_client_metadata', /^grant_types/, { grant_types: ['implicit'] }],
    ['invalid_client_metadata', /^logo_uri/, { logo_uri: 'https://bank.example/logo.svg' }],
  ])('answers %s (%s)', async (error, description, change) => {
    const before = await count(open);
    const { status, body } = await send(open, { body: { ...app, ...change } });
    expect({ status, error: body.error }).toEqual({ status: 400, error });
    expect(body.error_description).toMatch(description);
    expect(await count(open)).toBe(before);
  });

  it.each([
    ['no JSON', '{redirect_uris'],
    ['an empty body', ''],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['a form', undefined],
  ])('refuses %s', async (_, body) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = body === undefined ? { body: 'client_name=x', headers: form } : { body };
    const { status, body: answer } = await send(open, sent);
    expect(status).toBe(400);
    expect(answer.error).toMatch(/^invalid_(request|redirect_uri)$/);
  });

  it('refuses a body that is too long', async () => {
    const body = { ...app, client_name: 'x'.repeat(70_000) };
    expect((await send(open, { body })).status).toBe(413);
    expect((await send(open, { body: { ...app, x: 'x'.repeat(60_000) } })).status).toBe(400);
  });

  it('treats the names of built-in object members like any others', async () => {
    const body = JSON.stringify(app).replace(
      '{',
      '{"__proto__":{"client_secret":"x","skip_consent":true},"constructor":{"prototype":1},"hasOwnProperty":1,"toJSON":1,',
    );
    const { status, body: answered } = await send(open, { body });
    expect(status).toBe(201);
    expect(Object.keys(answered)).not.toContain('constructor');
    expect((await findClient(open.id, answered.client_id))?.trusted).toBe(false);
    expect(({} as Record<string, unknown>).skip_consent).toBeUndefined();
  });

  it('lets pages of every origin register an app and manage it, without cookies', async () => {
    const headers = { origin: 'https://spa.example' };
    const asked = { ...headers, 'access-control-request-method': 'POST' };
    const preflight = await send(open, { method: 'OPTIONS', headers: asked });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toMatch(/POST.*PUT.*DELETE/);
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const response = await send(open, { body: app, headers });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const refused = await send(open, { body: {}, headers });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([400, '*']);
  });

  it('limits registrations per hour and in total', async () => {
    const busy = await sandboxWith('open');
    await registered({}, busy);
    const subject = `register ${busy.id}`;
    await database().failedAttempt.update({ where: { subject }, data: { failures: registrationRate.attempts } });
    const { status, body, headers } = await send(busy, { body: app });
    expect([status, body.error, headers.get('retry-after')]).toEqual([429, 'temporarily_unavailable', '3600']);

    const full = await sandboxWith('open');
    const rows = Array.from({ length: maxDynamicClients }, (_, n) => ({
      sandboxId: full.id,
      clientId: `c${n}`,
      name: 'x',
      scope: 'openid',
      type: 'public' as const,
      dynamic: true,
    }));
    await database().client.createMany({ data: rows });
    const refused = await send(full, { body: app });
    expect([refused.status, refused.body.error]).toEqual([403, 'access_denied']);
    expect(await count(full)).toBe(maxDynamicClients);
    await database().client.update({
      where: { sandboxId_clientId: { sandboxId: full.id, clientId: 'c0' } },
      data: { dynamic: false },
    });
    expect((await send(full, { body: app })).status).toBe(201);
  });
});

describe('a sandbox that asks for an initial access token', () => {
  const backend = {
    client_name: 'Backend',
    grant_types: ['client_credentials'],
    scope: 'system/Patient.rs',
    token_endpoint_auth_method: 'private_key_jwt',
    jwks_uri: 'https://app.example/jwks',
  };

  it('refuses requests without one, and every invalid token', async () => {
    const expired = await newToken(guarded, new Date(Date.now() - 60_000));
    const elsewhere = await newToken(await sandboxWith('token'));
    const { token } = await registered();
    for (const wrong of [undefined, 'x', expired, elsewhere, token, `${initialAccessToken}x`]) {
      const { status, body, headers } = await send(guarded, { body: app, token: wrong });
      expect([status, body.error]).toEqual([401, 'invalid_token']);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer realm=/);
    }
    expect(await count(guarded)).toBe(0);
  });

  it('takes the token in the header only', async () => {
    const { status } = await send(guarded, { path: `?access_token=${initialAccessToken}`, body: app });
    expect(status).toBe(400);
  });

  it('counts what was registered with the token, until it is revoked', async () => {
    const token = await newToken(guarded, new Date(Date.now() + 3_600_000));
    expect((await send(guarded, { body: app, token })).status).toBe(201);
    expect((await send(guarded, { body: { ...app, redirect_uris: [] }, token })).status).toBe(400);
    expect((await send(guarded, { body: app, token })).status).toBe(201);
    const newest = { where: { sandboxId: guarded.id }, orderBy: { createdAt: 'desc' } } as const;
    const row = await database().initialAccessToken.findFirstOrThrow(newest);
    expect(row).toMatchObject({ uses: 2, lastUsedAt: expect.any(Date) });
    expect(await revokeInitialAccessToken(open.id, row.id)).toBe(false);
    expect(await revokeInitialAccessToken(guarded.id, row.id)).toBe(true);
    expect((await send(guarded, { body: app, token })).status).toBe(401);
  });

  it('stores the token as a hash', async () => {
    expect(JSON.stringify(await database().initialAccessToken.findMany())).not.toContain(initialAccessToken);
  });

  it('lets its holder register a backend service, which stays one and cannot gain other rights', async () => {
    const { status, body } = await send(guarded, { body: backend, token: initialAccessToken });
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...backend, redirect_uris: [], response_types: [] });
    const path = `/${body.client_id}`;
    const token = body.registration_access_token;
    const kept = { ...backend, client_id: body.client_id, client_name: 'Renamed' };
    expect((await send(guarded, { method: 'PUT', path, token, body: kept })).status).toBe(200);
    const plain = await send(guarded, { body: app, token: initialAccessToken });
    const widened = await send(guarded, {
      method: 'PUT',
      path: `/${plain.body.client_id}`,
      token: plain.body.registration_access_token,
      body: { ...backend, client_id: plain.body.client_id },
    });
    expect(widened.body.error_description).toMatch(/^scope must not hold system\//);
  });

  it('is not for pages in browsers', async () => {
    const headers = { origin: 'https://spa.example', 'access-control-request-method': 'POST' };
    const preflight = await send(guarded, { method: 'OPTIONS', headers });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    const { headers: responseHeaders } = await send(guarded, { body: app, token: initialAccessToken, headers });
    expect(responseHeaders.get('access-control-allow-origin')).toBeNull();
  });
});

describe('management', () => {
  it('reads, replaces and removes a registration, with a new token after each change', async () => {
    const { client_id, path, token } = await registered({ token_endpoint_auth_method: 'none' });
    const change = { ...app, client_id, token_endpoint_auth_method: 'none', client_name: 'New name', scope: 'openid' };
    const { status, body } = await send(open, { method: 'PUT', path, token, body: change });
    expect(status).toBe(200);
    expect(body).toMatchObject({ client_id, client_name: 'New name', scope: 'openid' });
    expect(body.registration_access_token).not.toBe(token);
    expect((await send(open, { method: 'GET', path, token })).status).toBe(401);
    const read = await send(open, { method: 'GET', path, token: body.registration_access_token });
    expect(read.body).toEqual(body);
    const removed = await send(open, { method: 'DELETE', path, token: body.registration_access_token });
    expect([removed.status, removed.text]).toEqual([204, '']);
    expect(await findClient(open.id, client_id)).toBeUndefined();
    expect((await send(open, { method: 'GET', path, token: body.registration_access_token })).status).toBe(401);
  });

  it('removes tokens, grants and launches with the app', async () => {
    const { client_id, path, token } = await registered();
    const held = { sandboxId: open.id, model: 'AccessToken', id: 'held', payload: { clientId: client_id } };
    await database().oidcPayload.create({ data: held });
    await database().grantContext.create({
      data: { sandboxId: open.id, grantId: 'g', clientId: client_id, context: {} },
    });
    expect((await send(open, { method: 'DELETE', path, token })).status).toBe(204);
    const ofClient = { sandboxId: open.id, payload: { path: ['clientId'], equals: client_id } };
    expect(await database().oidcPayload.count({ where: ofClient })).toBe(0);
    expect(await database().grantContext.count({ where: { sandboxId: open.id, clientId: client_id } })).toBe(0);
  });

  it('replaces a registration: absent members are cleared, administrators’ settings stay, trust ends', async () => {
    const { client_id, path, token } = await registered({ logo_uri: 'https://app.example/l.svg', contacts: ['x'] });
    const people = {
      description: 'Ours',
      trusted: true,
      origins: ['https://b.example'],
      launchDefaults: { intent: 'review' },
      accessTokenLifetime: 60,
    };
    const where = { sandboxId_clientId: { sandboxId: open.id, clientId: client_id } };
    await database().client.update({ where, data: people });
    const { body } = await send(open, { method: 'PUT', path, token, body: { ...app, client_id } });
    expect(body.logo_uri).toBeUndefined();
    expect(body.contacts).toBeUndefined();
    const after = await findClient(open.id, client_id);
    expect(after).toMatchObject({ ...people, trusted: false, dynamic: true });
  });

  it('compares the secret in an update with its hash, and issues no new one', async () => {
    const { client_id, client_secret, path, token } = await registered();
    const update = (sent: object, by: string) =>
      send(open, { method: 'PUT', path, token: by, body: { ...app, client_id, ...sent } });
    const { clientSecretHash } = await database().client.findFirstOrThrow({ where: { clientId: client_id } });
    for (const wrong of ['wrong', '', `${client_secret}x`, clientSecretHash]) {
      const { status, body } = await update({ client_secret: wrong }, token);
      expect([status, body.error]).toEqual([400, 'invalid_request']);
    }
    const right = await update({ client_secret }, token);
    expect(right.status).toBe(200);
    expect(right.body.client_secret).toBeUndefined();
    expect((await database().client.findFirst({ where: { clientId: client_id } }))?.clientSecretHash).toBe(
      clientSecretHash,
    );
  });

  it('gives a client that becomes confidential its secret, and takes it when it becomes public', async () => {
    const { client_id, path, token } = await registered({ token_endpoint_auth_method: 'none' });
    const asSecret = { ...app, client_id, token_endpoint_auth_method: 'client_secret_post' };
    const { body } = await send(open, { method: 'PUT', path, token, body: asSecret });
    expect(body).toMatchObject({ token_endpoint_auth_method: 'client_secret_post', client_secret_expires_at: 0 });
    expect(body.client_secret).toMatch(/^[\w-]{43}$/);
    const asPublic = { ...asSecret, token_endpoint_auth_method: 'none' };
    const by = body.registration_access_token;
    const back = await send(open, { method: 'PUT', path, token: by, body: asPublic });
    expect(back.body.client_secret).toBeUndefined();
    expect((await database().client.findFirst({ where: { clientId: client_id } }))?.clientSecretHash).toBeNull();
  });

  it.each(['GET', 'PUT', 'DELETE'])('refuses %s with the token of another app, which then ends', async (method) => {
    const mine = await registered();
    const theirs = await registered();
    const body = method === 'PUT' ? { ...app, client_id: theirs.client_id, client_name: 'Stolen' } : undefined;
    const { status } = await send(open, { method, path: theirs.path, token: mine.token, body });
    expect(status).toBe(401);
    expect((await findClient(open.id, theirs.client_id))?.name).toBe('Self-made');
    expect((await send(open, { method: 'GET', path: theirs.path, token: theirs.token })).status).toBe(200);
    expect((await send(open, { method: 'GET', path: mine.path, token: mine.token })).status).toBe(401);
  });

  it('refuses the token of another sandbox, none, and those that are for something else', async () => {
    const { path, client_id } = await registered();
    const elsewhere = await registered({}, await sandboxWith('open'));
    const other = await newToken(open);
    for (const token of [elsewhere.token, other, 'x', undefined]) {
      const { status } = await send(open, { method: 'GET', path, token });
      expect(status).toBe(401);
    }
    const registeredByPeople = await makeClient(open);
    const { token } = await registered();
    const onTheirs = await send(open, { method: 'DELETE', path: `/${registeredByPeople}`, token });
    expect(onTheirs.status).toBe(401);
    expect(await findClient(open.id, registeredByPeople)).toBeDefined();
    expect(await findClient(open.id, client_id)).toBeDefined();
  });

  it.each([
    [{ client_id: 'another' }, /client_id/],
    [{ client_id: undefined }, /client_id/],
    [{ registration_access_token: 'x' }, /registration_access_token/],
    [{ client_id_issued_at: 1 }, /client_id_issued_at/],
    [{ client_secret: 'x' }, /client_secret/],
    [{ redirect_uris: ['http://app.example/'] }, /^redirect_uris/],
    [{ scope: 'openid __introspect' }, /^scope/],
  ])('refuses an update with %j', async (change, reason) => {
    const { client_id, path, token } = await registered({ token_endpoint_auth_method: 'none' });
    const sent = { ...app, token_endpoint_auth_method: 'none', client_id, ...change };
    const { status, body } = await send(open, { method: 'PUT', path, token, body: sent });
    expect(status).toBe(400);
    expect(body.error_description).toMatch(reason);
    expect((await findClient(open.id, client_id))?.name).toBe('Self-made');
    expect((await send(open, { method: 'GET', path, token })).status).toBe(200);
  });

  it('is over for an app that was disabled, also once it is enabled again', async () => {
    const { client_id, path, token } = await registered();
    const body = { ...app, client_id };
    for (const enabled of [false, true]) {
      await setClientEnabled(open.id, client_id, enabled);
      const sent = [{ method: 'GET' }, { method: 'PUT', body }, { method: 'DELETE' }];
      for (const one of sent) {
        expect(await send(open, { path, token, ...one })).toMatchObject({
          status: 401,
          body: { error: 'invalid_token' },
        });
      }
      expect(await findClient(open.id, client_id)).toMatchObject({ enabled, name: app.client_name });
    }
  });
});
