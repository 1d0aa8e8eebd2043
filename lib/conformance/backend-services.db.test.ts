import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { post } from '#lib/authorization-server/tests/browser.ts';
import { makeClient, type SandboxFixture } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { database } from '#lib/data/database/database.ts';
import { secretHash } from '#lib/data/database/secret-hash.ts';
import { issuerOf } from '#lib/env.ts';
import { askFhir, idsFound, makeHospital } from './servers.ts';

let sandbox: SandboxFixture;

beforeAll(async () => {
  sandbox = await makeHospital();
});

/** Registers a backend service with its own key, and returns a function that requests a token. */
async function makeService(scope = 'system/*.rs') {
  const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES384', kid: 'one' }] };
  const clientId = await makeClient(sandbox, { type: 'jwks', jwks, scope, redirectUris: [] });
  const ask = async (asked: string | undefined, claims: Record<string, unknown> = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const audience = `${issuerOf(sandbox.slug)}/oauth/token`;
    const all = { iss: clientId, sub: clientId, aud: audience, exp: now + 240, jti: randomUUID(), ...claims };
    return post(sandbox, 'token', {
      grant_type: 'client_credentials',
      ...(asked === undefined ? {} : { scope: asked }),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await new SignJWT(all).setProtectedHeader({ alg: 'ES384', kid: 'one' }).sign(privateKey),
    });
  };
  return { clientId, ask };
}

describe('a backend service', () => {
  it('gets a short-lived token for what it asked [SMART 253 254 255 256 258 261]', async () => {
    const { ask } = await makeService();
    const response = await ask('system/Observation.rs');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const tokens = await response.json();
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'system/Observation.rs' });
    expect(tokens.access_token).toMatch(/^[\w-]{43,}$/);
    expect(tokens.refresh_token).toBeUndefined();
  });

  it('reads without a user, all patients, within type and verb of its scopes [SMART 142 241 266]', async () => {
    const { ask } = await makeService();
    const { access_token: token } = await (await ask('system/Patient.s')).json();
    expect(await idsFound(sandbox, '/Patient', token)).toEqual(['baby', 'peter', 'twin-record']);
    expect((await askFhir(sandbox, '/Patient/baby', token)).status).toBe(403);
    expect((await askFhir(sandbox, '/Observation', token)).status).toBe(403);
  });

  it('is cut down to its registration, and told so [SMART 240 250 259]', async () => {
    const { ask } = await makeService('system/Patient.rs');
    const tokens = await (await ask('system/*.cruds patient/*.rs user/*.rs')).json();
    expect(tokens.scope).toBe('system/Patient.rs');
    expect((await askFhir(sandbox, '/Patient/baby', tokens.access_token)).status).toBe(200);
    expect((await askFhir(sandbox, '/Observation', tokens.access_token)).status).toBe(403);
  });

  it('gets nothing without a registration for system scopes [SMART 240 251]', async () => {
    const { ask } = await makeService('user/*.rs');
    const response = await ask('system/*.rs');
    expect([response.status, (await response.json()).error]).toEqual([400, 'unauthorized_client']);
    const unknown = await (await makeService()).ask('system/*.rs', { iss: 'nobody', sub: 'nobody' });
    expect([unknown.status, (await unknown.json()).error]).toEqual([401, 'invalid_client']);
  });

  it.each([
    ['no scope', undefined, 'invalid_scope'],
    ['scopes that it may not have', 'user/*.rs', 'invalid_scope'],
    ['what is no scope', 'everything', 'invalid_scope'],
  ])('is told in the words of OAuth what is wrong with %s [SMART 251]', async (_, scope, error) => {
    const response = await (await makeService()).ask(scope);
    expect(response.status).toBe(400);
    const body = await response.json();
    expect(body).toMatchObject({ error, error_description: expect.any(String) });
    expect(body.access_token).toBeUndefined();
  });

  it('has its assertion checked as every client with keys [SMART 249]', async () => {
    const { ask } = await makeService();
    const past = Math.floor(Date.now() / 1000) - 60;
    for (const wrong of [{ exp: past }, { aud: 'https://evil.example' }, { jti: undefined }, { sub: 'another' }]) {
      const response = await ask('system/*.rs', wrong);
      expect([response.status, (await response.json()).error], JSON.stringify(wrong)).toEqual([401, 'invalid_client']);
    }
    const jti = randomUUID();
    expect((await ask('system/*.rs', { jti })).status).toBe(200);
    expect((await ask('system/*.rs', { jti })).status).toBe(401);
  });

  it('can do nothing with a token that has expired [SMART 265]', async () => {
    const { access_token: token } = await (await (await makeService()).ask('system/*.rs')).json();
    expect((await askFhir(sandbox, '/Patient/baby', token)).status).toBe(200);
    const where = { sandboxId_model_id: { sandboxId: sandbox.id, model: 'ClientCredentials', id: secretHash(token) } };
    await database().oidcPayload.update({ where, data: { expiresAt: new Date(Date.now() - 1) } });
    const late = await askFhir(sandbox, '/Patient/baby', token);
    expect(late.status).toBe(401);
    expect(late.headers.get('www-authenticate')).toMatch(/error="invalid_token"/);
  });
});
