import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from './browser.ts';
import { type AppKey, askToken, makeKey, makeService, publishKeys, sign } from './key-client.ts';
import { makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let key: AppKey;
const servers: { close: () => void }[] = [];

beforeAll(async () => {
  sandbox = await makeSandbox();
  key = await makeKey();
});
afterAll(() => {
  for (const server of servers) server.close();
});

async function publish(keys: AppKey[], headers: Record<string, string> = {}) {
  const app = await publishKeys(keys, headers);
  servers.push(app);
  return { app, clientId: await makeService(sandbox, { url: app.url }) };
}

const ask = (assertion: string) => post(sandbox, 'token', askToken(assertion));

async function statusFor(clientId: string, signedWith: AppKey, header: Record<string, unknown> = {}) {
  return (await ask(await sign(sandbox, clientId, signedWith, {}, header))).status;
}

async function reasonOf(clientId: string, signedWith = key, header: Record<string, unknown> = {}): Promise<string> {
  const response = await ask(await sign(sandbox, clientId, signedWith, {}, header));
  const { error, error_description } = await response.json();
  expect([response.status, error]).toEqual([401, 'invalid_client']);
  return error_description;
}

it.each(['RS384', 'ES384'])('a key at the registered URL verifies %s [SMART 296 310 338 339]', async (alg) => {
  const own = await makeKey(alg);
  const { app, clientId } = await publish([await makeKey(), own]);
  expect(await statusFor(clientId, own)).toBe(200);
  expect(app.asked).toEqual(['GET /jwks']);
});

describe('the set is asked for', () => {
  it('once while it may be kept [SMART 342]', async () => {
    const { app, clientId } = await publish([key], { 'cache-control': 'max-age=600' });
    for (let round = 0; round < 3; round++) expect(await statusFor(clientId, key)).toBe(200);
    expect(app.asked).toHaveLength(1);
  });

  it.each(['no-store', 'no-cache', 'max-age=0'])('anew for each assertion under %s [SMART 341]', async (header) => {
    const { app, clientId } = await publish([key], { 'cache-control': header });
    expect(await statusFor(clientId, key)).toBe(200);
    app.keys = [await makeKey()];
    expect(await reasonOf(clientId)).toMatch(/no key for the kid/);
    expect(app.asked).toHaveLength(2);
  });

  it('not again for every kid that somebody invents', async () => {
    const { app, clientId } = await publish([key], { 'cache-control': 'max-age=600' });
    for (let guess = 0; guess < 5; guess++) {
      expect(await reasonOf(clientId, key, { kid: `guess ${guess}` })).toMatch(/no key for the kid/);
    }
    expect(await statusFor(clientId, key)).toBe(200);
    expect(app.asked).toHaveLength(1);
  });

  it('not at all for an algorithm that is not accepted', async () => {
    const { app, clientId } = await publish([key]);
    const claims = Buffer.from(JSON.stringify({ iss: clientId, sub: clientId })).toString('base64url');
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: key.kid })).toString('base64url');
    const response = await ask(`${header}.${claims}.x`);
    expect((await response.json()).error_description).toMatch(/RS384 or ES384/);
    expect(app.asked).toEqual([]);
  });
});

describe('an assertion is refused', () => {
  it('when jku is not the registered URL [SMART 338]', async () => {
    const { app, clientId } = await publish([key]);
    const thief = await makeKey('ES384', key.kid);
    const { app: evil } = await publish([thief]);
    for (const jku of [evil.url, `${app.url}#`, `${app.url}/../jwks`, '', 5]) {
      expect(await reasonOf(clientId, thief, { jku })).toMatch(/jku.*not the JWKS URL/);
    }
    expect([app.asked, evil.asked]).toEqual([[], []]);
    expect(await statusFor(clientId, key, { jku: app.url })).toBe(200);
  });

  it('when two keys have its kid [SMART 338]', async () => {
    const { clientId } = await publish([key, await makeKey('ES384', key.kid)]);
    expect(await reasonOf(clientId)).toMatch(/more than one key/);
  });

  it('when the key of its kid is of another type [SMART 338]', async () => {
    const { clientId } = await publish([await makeKey('RS384', key.kid)]);
    expect(await reasonOf(clientId)).toMatch(/no key for the kid/);
  });

  it('when it names no key [SMART 338]', async () => {
    const { clientId } = await publish([key]);
    expect(await reasonOf(clientId, key, { kid: undefined })).toMatch(/kid/);
  });

  it('when another app publishes the key [SMART 335]', async () => {
    const { clientId } = await publish([await makeKey()]);
    await publish([key]);
    expect(await reasonOf(clientId)).toMatch(/no key for the kid/);
  });
});

describe('the reason says what is wrong with the URL [SMART 340]', () => {
  it.each<[string, (app: Awaited<ReturnType<typeof publishKeys>>) => void, RegExp]>([
    ['an error', (app) => Object.assign(app, { status: 500 }), /answers with status 500/],
    ['a redirect', (app) => Object.assign(app, { status: 302, headers: { location: '/jwks2' } }), /redirects/],
    ['no JSON', (app) => Object.assign(app.headers, { 'content-type': 'text/html' }), /does not answer with JSON/],
    ['no keys', (app) => Object.assign(app, { keys: [{ publicJwk: 'none' }] }), /does not answer with a JWKS/],
    ['nothing', (app) => app.close(), /cannot be reached/],
  ])('that answers with %s', async (_, spoil, reason) => {
    const { app, clientId } = await publish([key]);
    spoil(app);
    const text = await reasonOf(clientId);
    expect(text).toMatch(reason);
    expect(text).not.toMatch(/127\.0\.0\.1|ECONN/);
  });
});
