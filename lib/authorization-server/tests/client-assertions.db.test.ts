import { createHmac } from 'node:crypto';
import { exportJWK, exportSPKI, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { post } from './browser.ts';
import { type AppKey, askToken, claimsOf, makeKey, makeService, sign } from './key-client.ts';
import { otherProcess } from './other-process.ts';
import { makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let key: AppKey;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  key = await makeKey();
  clientId = await makeService(sandbox, { keys: [key] });
});

const now = () => Math.floor(Date.now() / 1000);
const ask = (assertion: string) => post(sandbox, 'token', askToken(assertion));

async function expectRefusal(assertion: string, because: RegExp) {
  const response = await ask(assertion);
  const body = await response.json();
  expect([response.status, body.error]).toEqual([401, 'invalid_client']);
  expect(body.error_description).toMatch(because);
}

it.each(['RS384', 'ES384'])('an assertion signed with %s is accepted [SMART 297 310]', async (alg) => {
  const own = await makeKey(alg);
  const service = await makeService(sandbox, { keys: [own] });
  const response = await ask(await sign(sandbox, service, own));
  expect(await response.json()).toMatchObject({ token_type: 'Bearer', scope: 'system/*.rs' });
});

describe('an assertion is refused', () => {
  it.each<[string, () => Record<string, unknown>, RegExp]>([
    ['for another audience', () => ({ aud: 'https://evil.example/token' }), /aud/],
    ['without an audience', () => ({ aud: undefined }), /aud/],
    ['that has expired', () => ({ exp: now() - 60 }), /expired|client authentication failed/],
    ['that expires far ahead', () => ({ exp: now() + 3600 }), /exp.*five minutes/],
    ['that says when it expires in milliseconds', () => ({ exp: Date.now() + 240_000 }), /exp.*five minutes/],
    ['without exp', () => ({ exp: undefined }), /expiration must be specified/],
    ['with exp as text', () => ({ exp: String(now() + 240) }), /./],
    ['without jti', () => ({ jti: undefined }), /jti/],
    ['without iss', () => ({ iss: undefined }), /iss/],
    ['whose iss is not its sub', () => ({ iss: 'somebody-else' }), /iss/],
    ['whose sub is no client', () => ({ sub: 'nobody', iss: 'nobody' }), /client not found/],
    ['that is not valid yet', () => ({ nbf: now() + 120 }), /./],
  ])('%s [SMART 335 337 340]', async (_, claims, because) => {
    await expectRefusal(await sign(sandbox, clientId, key, claims()), because);
  });

  it('that names no key, or one that is not registered [SMART 338]', async () => {
    await expectRefusal(await sign(sandbox, clientId, key, {}, { kid: undefined }), /kid/);
    await expectRefusal(await sign(sandbox, clientId, key, {}, { kid: 'unknown' }), /./);
  });

  it('that names an address for its keys where none is registered [SMART 338]', async () => {
    const jku = 'https://evil.example/jwks';
    await expectRefusal(await sign(sandbox, clientId, key, {}, { jku }), /jku.*not the JWKS URL/);
  });

  it('that another client has signed with its own key, under its own kid or the same one [SMART 335]', async () => {
    const stranger = await makeKey('ES384', key.kid);
    const other = await makeService(sandbox, { keys: [stranger] });
    await expectRefusal(await sign(sandbox, clientId, stranger), /./);
    await expectRefusal(await sign(sandbox, clientId, key, { iss: other }), /iss/);
    await expectRefusal(await sign(sandbox, other, key), /./);
  });

  it('with a key in its header [SMART 338]', async () => {
    const stranger = await makeKey('ES384', 'mine');
    const header = { jwk: stranger.publicJwk };
    await expectRefusal(await sign(sandbox, clientId, stranger, {}, header), /./);
  });

  it('that is not signed [SMART 335]', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = part(claimsOf(sandbox, clientId));
    for (const alg of ['none', 'None', 'NONE', '']) {
      await expectRefusal(`${part({ alg, kid: key.kid })}.${claims}.`, /./);
    }
    const [header, , signature] = (await sign(sandbox, clientId, key)).split('.');
    await expectRefusal(`${header}.${claims}.${signature}`, /./);
    await expectRefusal(`${header}.${claims}.`, /./);
  });

  it('that takes our copy of its public key for a shared secret [SMART 335]', async () => {
    const pem = await exportSPKI((await importJWK(key.publicJwk)) as CryptoKey);
    const jwk = JSON.stringify(await exportJWK((await importJWK(key.publicJwk)) as CryptoKey));
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const secret of [pem, pem.trim(), jwk, JSON.stringify(key.publicJwk)]) {
      const signed = `${part({ alg: 'HS256', kid: key.kid })}.${part(claimsOf(sandbox, clientId))}`;
      const mac = createHmac('sha256', secret).update(signed).digest('base64url');
      await expectRefusal(`${signed}.${mac}`, /alg/);
    }
  });

  it.each(['', 'nothing', 'a.b', 'a.b.c', `${'x'.repeat(5000)}`])('that is no JWT: %.10s', async (assertion) => {
    const response = await ask(assertion);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  });
});

describe('an assertion counts once', () => {
  it('in this process and in another [SMART 336]', async () => {
    const elsewhere = await otherProcess();
    const assertion = await sign(sandbox, clientId, key);
    expect((await ask(assertion)).status).toBe(200);
    const replay = await elsewhere(sandbox, 'token', askToken(assertion));
    expect([replay.status, (await ask(assertion)).status]).toEqual([401, 401]);
    expect((await replay.json()).error_description).toMatch(/only be used once/);
  });

  it('when both get it at the same moment [SMART 336]', async () => {
    const [one, two] = [await otherProcess(), await otherProcess()];
    for (let round = 0; round < 5; round++) {
      const fields = askToken(await sign(sandbox, clientId, key));
      const both = await Promise.all([
        one(sandbox, 'token', fields),
        two(sandbox, 'token', fields),
        one(sandbox, 'token', fields),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    }
  });

  it('for each client by itself [SMART 336]', async () => {
    const other = await makeService(sandbox, { keys: [key] });
    const jti = 'the same';
    expect((await ask(await sign(sandbox, clientId, key, { jti }))).status).toBe(200);
    expect((await ask(await sign(sandbox, other, key, { jti }))).status).toBe(200);
  });
});
