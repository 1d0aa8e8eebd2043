import { beforeAll, describe, expect, it } from 'vitest';
import { clientRegistration } from '#lib/smart/client/registration.ts';
import { database } from '../database/database.ts';
import {
  deleteClient,
  findClient,
  findClients,
  findLaunchableClients,
  registerClient,
  rotateClientSecret,
  setClientEnabled,
  updateClient,
} from './clients.ts';
import { matchesClientSecret } from './secrets.ts';

const schema = clientRegistration({ origin: 'http://localhost:3000' });
const registration = (change: Record<string, unknown> = {}) =>
  schema.parse({
    clientId: 'growth_chart',
    name: 'Growth chart',
    launchUri: 'https://app.example.org/launch',
    redirectUris: ['https://app.example.org/'],
    scope: 'launch patient/*.rs',
    type: 'public',
    ...change,
  });

let ours: number;
let theirs: number;

beforeAll(async () => {
  ours = (await database().sandbox.create({ data: { slug: 'ours', name: 'Ours' } })).id;
  theirs = (await database().sandbox.create({ data: { slug: 'theirs', name: 'Theirs' } })).id;
});

async function hashOf(sandboxId: number, clientId: string): Promise<string | null | undefined> {
  const where = { sandboxId_clientId: { sandboxId, clientId } };
  return (await database().client.findUnique({ where, select: { clientSecretHash: true } }))?.clientSecretHash;
}

/** Registers an app whose id must be free. */
async function register(sandboxId: number, change: Record<string, unknown> = {}) {
  const registered = await registerClient(sandboxId, registration(change));
  if (registered === 'client-id-taken') throw new Error('taken');
  return registered;
}

describe('registering', () => {
  it('stores every field of the registration', async () => {
    const jwks = { keys: [{ kty: 'EC', kid: 'a', crv: 'P-384', x: 'a', y: 'b' }] };
    const change = {
      clientId: 'whole',
      type: 'jwks',
      jwks,
      logoUri: '/l.svg',
      trusted: true,
      needs: 'encounter',
      origins: ['https://b.example.org'],
      accessTokenLifetime: 60,
      refreshTokenLifetime: 300,
    };
    await register(ours, change);
    const { createdAt, updatedAt, dynamic, metadata, ...found } = (await findClient(ours, 'whole')) ?? {};
    expect(found).toEqual(registration(change));
    expect({ dynamic, metadata }).toEqual({ dynamic: false, metadata: {} });
    expect(createdAt).toEqual(updatedAt);
  });

  it('makes a new id each time when none is given', async () => {
    const [first, second] = await Promise.all([
      register(ours, { clientId: undefined }),
      register(ours, { clientId: undefined }),
    ]);
    expect(first.client.clientId).toMatch(/^[\w-]{30,}$/);
    expect(first.client.clientId).not.toBe(second.client.clientId);
  });

  it('refuses a second app with an id in one sandbox, even at the same moment, and allows it in another', async () => {
    const attempts = await Promise.all([1, 2, 3].map(() => registerClient(ours, registration({ clientId: 'same' }))));
    expect(attempts.filter((attempt) => attempt === 'client-id-taken')).toHaveLength(2);
    expect(await registerClient(theirs, registration({ clientId: 'same' }))).not.toBe('client-id-taken');
  });

  it('gives a secret only to clients of type secret, and stores no more than its hash', async () => {
    const { client, clientSecret = '' } = await register(ours, { clientId: 'confidential', type: 'secret' });
    expect(Buffer.from(clientSecret, 'base64url').length).toBe(32);
    expect(await matchesClientSecret(clientSecret, (await hashOf(ours, 'confidential')) ?? '')).toBe(true);
    const answers = JSON.stringify([client, await findClient(ours, 'confidential'), await findClients(ours)]);
    expect(answers).not.toMatch(/secretHash|scrypt/i);
    expect(answers).not.toContain(clientSecret);
    expect(await register(ours, { clientId: 'open' })).not.toHaveProperty('clientSecret');
  });
});

describe('changing', () => {
  it('replaces the registration but not the id, and clears what it leaves out', async () => {
    await register(ours, { clientId: 'changing', logoUri: '/l.svg', description: 'Before' });
    const changed = await updateClient(ours, 'changing', registration({ clientId: 'other', name: 'After' }));
    expect(changed?.client).toMatchObject({ clientId: 'changing', name: 'After', description: '' });
    expect(changed?.client.logoUri).toBeUndefined();
    expect(await findClient(ours, 'other')).toBeUndefined();
  });

  it('makes a secret when the type needs one, keeps it while it does, and deletes it afterwards', async () => {
    await register(ours, { clientId: 'turning' });
    const first = await updateClient(ours, 'turning', registration({ type: 'secret' }));
    const hash = await hashOf(ours, 'turning');
    expect(await matchesClientSecret(first?.clientSecret ?? '', hash ?? '')).toBe(true);
    expect(await updateClient(ours, 'turning', registration({ type: 'secret' }))).not.toHaveProperty('clientSecret');
    expect(await hashOf(ours, 'turning')).toBe(hash);
    await updateClient(ours, 'turning', registration());
    expect(await hashOf(ours, 'turning')).toBeNull();
  });

  it('replaces a secret, so that only the new one matches', async () => {
    const { clientSecret: before = '' } = await register(ours, { clientId: 'rotating', type: 'secret' });
    const after = await rotateClientSecret(ours, 'rotating');
    const hash = (await hashOf(ours, 'rotating')) ?? '';
    expect(await matchesClientSecret(typeof after === 'string' ? '' : after.clientSecret, hash)).toBe(true);
    expect(await matchesClientSecret(before, hash)).toBe(false);
  });

  it('has no secret to replace for a client of another type', async () => {
    await register(ours, { clientId: 'secretless' });
    expect(await rotateClientSecret(ours, 'secretless')).toBe('no-secret');
    expect(await hashOf(ours, 'secretless')).toBeNull();
  });
});

it('lists apps that registered themselves after all others, whatever they call themselves', async () => {
  const { id } = await database().sandbox.create({ data: { slug: 'posers', name: 'Posers' } });
  for (const [clientId, name] of [
    ['poser', 'A Growth chart'],
    ['real', 'Growth chart'],
    ['last', 'Zebra'],
    ['twin', 'Growth chart'],
  ] as const)
    await register(id, { clientId, name });
  await database().client.updateMany({
    where: { sandboxId: id, clientId: { in: ['poser', 'twin'] } },
    data: { dynamic: true },
  });
  const found = (await findLaunchableClients(id)).map(({ clientId, dynamic }) => [clientId, dynamic]);
  expect(found).toEqual([
    ['real', false],
    ['last', false],
    ['poser', true],
    ['twin', true],
  ]);
});

it('finds only enabled apps with a launch URI to launch', async () => {
  await register(ours, { clientId: 'ready', name: 'A' });
  await register(ours, { clientId: 'standalone', launchUri: undefined });
  await register(ours, { clientId: 'off' });
  await setClientEnabled(ours, 'off', false);
  const ids = (await findLaunchableClients(ours)).map(({ clientId }) => clientId);
  expect(ids[0]).toBe('ready');
  expect(ids).not.toContain('standalone');
  expect(ids).not.toContain('off');
  expect((await findClients(ours)).map(({ clientId }) => clientId)).toEqual(
    expect.arrayContaining(['ready', 'standalone', 'off']),
  );
});

it('deletes an app with what it was granted, and nothing of other apps', async () => {
  await register(ours, { clientId: 'leaving' });
  await register(theirs, { clientId: 'leaving' });
  const token = (sandboxId: number, clientId: string) => ({
    sandboxId,
    model: 'AccessToken',
    id: `${sandboxId}-${clientId}`,
    payload: { clientId },
  });
  await database().oidcPayload.createMany({
    data: [token(ours, 'leaving'), token(ours, 'staying'), token(theirs, 'leaving')],
  });
  await database().grantContext.create({
    data: { grantId: 'g', sandboxId: ours, clientId: 'leaving', context: {} },
  });
  expect(await deleteClient(ours, 'leaving')).toBe(true);
  expect(await deleteClient(ours, 'leaving')).toBe(false);
  expect(await findClient(ours, 'leaving')).toBeUndefined();
  expect(await findClient(theirs, 'leaving')).toBeDefined();
  const left = await database().oidcPayload.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
  expect(left.map(({ id }) => id).sort()).toEqual([`${ours}-staying`, `${theirs}-leaving`].sort());
  expect(await database().grantContext.count()).toBe(0);
});

describe('another sandbox', () => {
  it('neither sees nor touches an app', async () => {
    await register(theirs, { clientId: 'foreign', type: 'secret' });
    const before = await database().client.findFirst({ where: { clientId: 'foreign' } });
    expect(await findClient(ours, 'foreign')).toBeUndefined();
    expect((await findClients(ours)).map(({ clientId }) => clientId)).not.toContain('foreign');
    expect((await findLaunchableClients(ours)).map(({ clientId }) => clientId)).not.toContain('foreign');
    expect(await updateClient(ours, 'foreign', registration({ name: 'Taken over' }))).toBeUndefined();
    expect(await setClientEnabled(ours, 'foreign', false)).toBe(false);
    expect(await rotateClientSecret(ours, 'foreign')).toBe('no-secret');
    expect(await deleteClient(ours, 'foreign')).toBe(false);
    expect(await database().client.findFirst({ where: { clientId: 'foreign' } })).toEqual(before);
  });
});
