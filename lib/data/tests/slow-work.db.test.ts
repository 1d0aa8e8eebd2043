/** What is slow refuses to run inside a transaction, which would hold its locks and its connection meanwhile. */
import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { clientRegistration } from '#lib/smart/client/registration.ts';
import { hashClientSecret, matchesClientSecret, newSecretFor } from '../client/secrets.ts';
import { outsideTransaction } from '../database/ambient.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { hashPassword, matchesPassword } from '../member/passwords.ts';
import { withHashes } from '../seed/hashed-definition.ts';
import { createSandbox } from '../seed/new-sandboxes.ts';
import { rotateSigningKeys } from '../token/signing-keys.ts';

let maker: string;
let sandboxId: number;

beforeAll(async () => {
  const data = { username: 'maker', name: 'Maker', passwordHash: await hashPassword('secret') };
  ({ id: maker } = await database().user.create({ data }));
  ({ id: sandboxId } = await database().sandbox.create({ data: { slug: 'slow', name: 'Slow' } }));
});

const user = { username: 'ann', name: 'Ann', password: 'a long password', role: 'clinician' as const };
const definition = { slug: 'users', name: 'Users', launchLifetimeSeconds: 60, users: [user], clients: [] };

it.each<[what: string, work: () => Promise<unknown>]>([
  ['hashing a password', () => hashPassword('secret')],
  ['comparing a password', () => matchesPassword('secret', undefined)],
  ['hashing a client secret', () => hashClientSecret('secret')],
  ['comparing a client secret', async () => matchesClientSecret('secret', 'scrypt:4096:c2FsdA:aGFzaA')],
  ['making a client secret', () => newSecretFor('secret')],
  ['hashing what a definition has', () => withHashes(definition)],
  ['making keys', () => rotateSigningKeys(sandboxId)],
])('%s', async (_, work) => {
  await expect(inTransaction(work)).rejects.toThrow('must not happen inside a transaction');
});

it('may be begun inside one when nobody there waits for it', async () => {
  const { hash } = await inTransaction(async () => ({ hash: outsideTransaction(() => hashPassword('secret')) }));
  expect(await matchesPassword('secret', await hash)).toBe(true);
});

describe('a sandbox with many users', () => {
  const users = Array.from({ length: 40 }, (_, index) => ({ ...user, username: `user-${index}` }));
  const registration = clientRegistration({ origin: 'http://localhost:3000' }).parse({
    name: 'App',
    redirectUris: ['https://app.example.org/'],
    scope: 'openid',
    type: 'secret',
  });
  const clients = [{ ...registration, clientId: 'app', clientSecret: 'a-long-client-secret' }];

  it('is made with their passwords, and the secrets of its apps, hashed beforehand', async () => {
    const made = { ...definition, slug: 'many', users, clients, data: [], total: 0 };
    expect(await createSandbox(made, { maker, now: new Date() })).toBe('made');
    const stored = await database().user.findUniqueOrThrow({ where: { username: 'user-39' } });
    expect(await matchesPassword(user.password, stored.passwordHash)).toBe(true);
    const app = await database().client.findFirstOrThrow({ where: { clientId: 'app' } });
    expect(await matchesClientSecret('a-long-client-secret', app.clientSecretHash ?? '')).toBe(true);
  });

  it('is refused before anything is hashed when its address or a name is taken', async () => {
    const again = { ...definition, users, data: [], total: 0 };
    const options = { maker, now: new Date() };
    expect(await createSandbox({ ...again, slug: 'many' }, options)).toBe('slug-taken');
    expect(await createSandbox({ ...again, slug: 'other' }, options)).toBe('slug-taken');
  });
});

it('happens nowhere else: a second way would not be guarded', () => {
  const slow =
    /\b(scrypt|scryptSync|pbkdf2|pbkdf2Sync|generateKeyPair|generateKeyPairSync|generateKey|execSync|spawnSync)\(/;
  const sources = globSync('{app,components,lib}/**/*.{ts,tsx}').filter(
    (file) => !/(\.test\.tsx?|\/tests\/.*)$/.test(file),
  );
  const using = sources.filter((file) => slow.test(readFileSync(file, 'utf8')));
  const unguarded = using.filter((file) => !readFileSync(file, 'utf8').includes('requireNoTransaction('));
  expect(using.toSorted()).toEqual(expect.arrayContaining(['lib/data/hashing.ts', 'lib/data/token/signing-keys.ts']));
  expect(unguarded).toEqual([]);
});
