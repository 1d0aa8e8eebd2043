import { exportJWK, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSandbox, type SandboxFixture } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { findClient, registerClient, updateClient } from '#lib/data/client/clients.ts';
import { ownOrigins } from '#lib/env.ts';
import { clientRegistration } from '#lib/smart/client/registration.ts';

let sandbox: SandboxFixture;
let publicJwk: Record<string, unknown>;
let privateJwk: Record<string, unknown>;

beforeAll(async () => {
  sandbox = await makeSandbox();
  const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true });
  publicJwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES384' };
  privateJwk = { ...(await exportJWK(privateKey)), kid: 'one', alg: 'ES384' };
});

const fields = { name: 'Service', type: 'jwks', scope: 'system/*.rs' };
const registration = (jwks: unknown) => clientRegistration(ownOrigins()).safeParse({ ...fields, jwks });

async function register() {
  const { data } = registration({ keys: [publicJwk] });
  const registered = data && (await registerClient(sandbox.id, data));
  if (!registered || registered === 'client-id-taken') throw new Error('It was not registered.');
  return { clientId: registered.client.clientId, data };
}

describe('the keys of a registration', () => {
  it('are kept as they were given [SMART 297 305]', async () => {
    const { clientId } = await register();
    expect((await findClient(sandbox.id, clientId))?.jwks).toEqual({ keys: [publicJwk] });
  });

  it('stay when somebody else registers or changes a client, in this sandbox or another [SMART 305]', async () => {
    const { clientId, data } = await register();
    const other = await makeSandbox();
    const attacker = { ...data, jwks: { keys: [{ ...publicJwk, kid: 'attacker' }] } } as typeof data;
    expect(await registerClient(sandbox.id, { ...attacker, clientId })).toBe('client-id-taken');
    expect(await registerClient(other.id, { ...attacker, clientId })).toMatchObject({ client: { clientId } });
    expect(await updateClient(other.id, clientId, attacker)).toBeDefined();
    expect((await findClient(sandbox.id, clientId))?.jwks).toEqual({ keys: [publicJwk] });
  });

  it.each<[string, () => unknown]>([
    ['a private key', () => ({ keys: [privateJwk] })],
    ['a key without kid', () => ({ keys: [{ ...publicJwk, kid: undefined }] })],
    ['two keys with one kid', () => ({ keys: [publicJwk, publicJwk] })],
    ['a key of no kind for signatures', () => ({ keys: [{ kty: 'oct', kid: 'one', k: 'c2VjcmV0' }] })],
    ['no keys', () => ({ keys: [] })],
    ['what is no key set', () => [publicJwk]],
  ])('are refused whole when they hold %s [SMART 305]', (_, jwks) => {
    expect(registration(jwks()).success).toBe(false);
  });
});
