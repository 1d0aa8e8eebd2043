import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { env } from '#lib/env.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post } from './browser.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture, secret } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;

beforeAll(async () => {
  sandbox = await makeSandbox();
});

async function newCode(clientId: string): Promise<string> {
  const browser = new Browser(sandbox, sandbox.users.chen);
  const launch = await makeLaunch(sandbox, clientId);
  return answerToApp(await browser.visit(authorizeUrl(sandbox, clientId, { launch }))).code ?? '';
}

async function fieldsFor(clientId: string): Promise<Record<string, string>> {
  const { client_id, ...fields } = exchangeFields(clientId, await newCode(clientId));
  return fields;
}

const basic = (clientId: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(password)}`).toString('base64')}`,
});

describe('a client with a secret', () => {
  let clientId: string;
  beforeAll(async () => {
    clientId = await makeClient(sandbox, { type: 'secret' });
  });

  it('proves itself in the Authorization header [SMART 356]', async () => {
    const response = await post(sandbox, 'token', await fieldsFor(clientId), basic(clientId, secret));
    expect((await response.json()).patient).toBe('baby');
  });

  it('proves itself in the form [SMART 356]', async () => {
    const fields = { ...(await fieldsFor(clientId)), client_id: clientId, client_secret: secret };
    expect((await (await post(sandbox, 'token', fields)).json()).patient).toBe('baby');
  });

  it.each(['wrong', `${secret} `, secret.slice(1)])('is refused with %j', async (wrong) => {
    const response = await post(sandbox, 'token', await fieldsFor(clientId), basic(clientId, wrong));
    expect(response.status).toBe(401);
    const text = await response.text();
    expect(JSON.parse(text).error).toBe('invalid_client');
    expect(text).not.toContain(wrong);
  });

  it('is refused without a secret, and with the hash of its secret', async () => {
    const open = await post(sandbox, 'token', { ...(await fieldsFor(clientId)), client_id: clientId });
    expect(open.status).toBe(401);
    const other = await makeClient(sandbox, { type: 'public' });
    const closed = await post(sandbox, 'token', await fieldsFor(other), basic(other, secret));
    expect(closed.status).toBe(401);
  });
});

describe('a client with keys', () => {
  const audience = () => `${env().origin}/${sandbox.slug}/oauth/token`;

  async function makeKeyClient(alg: string, scope?: string) {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg, kid: 'one', use: 'sig' }] };
    const options = scope ? { scope, redirectUris: [] } : {};
    const clientId = await makeClient(sandbox, { type: 'jwks', jwks, ...options });
    const sign = (claims: Record<string, unknown> = {}, header: Record<string, string> = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const all = { iss: clientId, sub: clientId, aud: audience(), exp: now + 240, jti: randomUUID(), ...claims };
      return new SignJWT(all).setProtectedHeader({ alg, kid: 'one', typ: 'JWT', ...header }).sign(privateKey);
    };
    return { clientId, sign };
  }

  const proof = (assertion: string) => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });

  it.each(['RS384', 'ES384'])('proves itself with %s [SMART 310 357]', async (alg) => {
    const { clientId, sign } = await makeKeyClient(alg);
    const response = await post(sandbox, 'token', { ...(await fieldsFor(clientId)), ...proof(await sign()) });
    expect(await response.json()).toMatchObject({ patient: 'baby', token_type: 'Bearer' });
  });

  it('cannot use an assertion twice, nor two at once [SMART 336]', async () => {
    const { clientId, sign } = await makeKeyClient('ES384');
    const assertion = proof(await sign());
    const [one, two] = [await fieldsFor(clientId), await fieldsFor(clientId)];
    const both = await Promise.all([one, two].map((fields) => post(sandbox, 'token', { ...fields, ...assertion })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const again = await post(sandbox, 'token', { ...(await fieldsFor(clientId)), ...assertion });
    expect([again.status, (await again.json()).error]).toEqual([401, 'invalid_client']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['another audience', { aud: 'https://evil.example/token' }],
    ['a past expiry', { exp: Math.floor(Date.now() / 1000) - 60 }],
    ['an expiry too far ahead', { exp: Math.floor(Date.now() / 1000) + 3600 }],
    ['another issuer', { iss: 'somebody' }],
    ['no jti', { jti: undefined }],
  ])('is refused with %s', async (_, claims) => {
    const { clientId, sign } = await makeKeyClient('ES384');
    const response = await post(sandbox, 'token', { ...(await fieldsFor(clientId)), ...proof(await sign(claims)) });
    expect([response.status, (await response.json()).error]).toEqual([401, 'invalid_client']);
  });

  it('is refused with the key of another', async () => {
    const { clientId } = await makeKeyClient('ES384');
    const { sign } = await makeKeyClient('ES384');
    const forged = proof(await sign({ iss: clientId, sub: clientId }));
    const response = await post(sandbox, 'token', { ...(await fieldsFor(clientId)), ...forged });
    expect(response.status).toBe(401);
  });

  it('gets system scopes as a backend service, and only those [SMART 241 250 251 255 256 258 259]', async () => {
    const { clientId, sign } = await makeKeyClient('RS384', 'system/*.rs');
    const asked = { grant_type: 'client_credentials', scope: 'system/Patient.cruds user/*.rs' };
    const tokens = await (await post(sandbox, 'token', { ...asked, ...proof(await sign()) })).json();
    expect(tokens).toMatchObject({ scope: 'system/Patient.rs', expires_in: 300, token_type: 'Bearer' });
    const none = await post(sandbox, 'token', { ...asked, scope: 'user/*.rs', ...proof(await sign()) });
    expect([none.status, (await none.json()).error]).toEqual([400, 'invalid_scope']);
    const introspected = await post(sandbox, 'introspect', { token: tokens.access_token, ...proof(await sign()) });
    expect(await introspected.json()).toMatchObject({ active: true, client_id: clientId, scope: 'system/Patient.rs' });
  });
});

it('a public client gets no token of its own', async () => {
  const clientId = await makeClient(sandbox, { scope: 'openid user/*.rs' });
  const fields = { grant_type: 'client_credentials', scope: 'system/*.rs', client_id: clientId };
  const response = await post(sandbox, 'token', fields);
  expect(response.status).toBe(400);
});
