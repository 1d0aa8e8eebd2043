import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { LaunchHash } from '#lib/smart/launch/ids.ts';
import { database } from '../database/database.ts';
import { secretHash } from '../database/secret-hash.ts';
import { findOrCreateSecret } from '../database/secrets.ts';
import { findGrant } from './grants.ts';
import { findPayload, storedKey, storedPayload } from './oidc-payloads.ts';
import { sweepPayloads } from './oidc-sweep.ts';
import type { OidcWrites } from './oidc-write-parts.ts';
import { writeTogether } from './oidc-writes.ts';
import { findSigningKeys } from './signing-keys.ts';

let sandboxId: number;
let otherId: number;
const later = new Date(Date.now() + 60_000);

beforeAll(async () => {
  sandboxId = (await database().sandbox.create({ data: { slug: 'payloads', name: 'Payloads' } })).id;
  otherId = (await database().sandbox.create({ data: { slug: 'others', name: 'Others' } })).id;
});

const key = (model: string, id: string, of = sandboxId) => ({ sandboxId: of, model, id });
const token = (id: string) => key('AccessToken', id);
const artifact = (model: string, id: string, payload: object = {}, expiresAt = later) =>
  storedPayload({ model, id }, { jti: id, ...payload }, expiresAt);

/** Performs the writes of one request, of which a test names only those it is about. */
function write(some: Partial<OidcWrites>) {
  const none = { first: [], consumed: [], kept: [], removed: [], removedOfGrant: [], ended: [] };
  return writeTogether({ sandboxId, ...none, ...some });
}

const newGrant = (grantId: string) => ({ grantId, sandboxId, clientId: 'a', userId: 'u', context: { patient: 'p' } });

describe('artifacts', () => {
  it('are found by their secret, which is not stored', async () => {
    await write({ kept: [artifact('AccessToken', 'secret', { scope: 'openid' })] });
    expect(await findPayload(token('secret'))).toEqual({ jti: 'secret', scope: 'openid' });
    const row = await database().oidcPayload.findFirstOrThrow({ where: { sandboxId, model: 'AccessToken' } });
    expect(row.id).toBe(secretHash('secret'));
    expect(row.expiresAt).toEqual(later);
    expect(JSON.stringify(row)).not.toContain('"secret"');
  });

  it('replace the artifact that had their id', async () => {
    await write({ kept: [artifact('Session', 'cookie of yesterday', { uid: 'first' })] });
    await write({ kept: [artifact('Session', 'cookie of yesterday', { uid: 'second' })] });
    expect(await findPayload(key('Session', 'cookie of yesterday'))).toMatchObject({ uid: 'second' });
  });

  it('belong to one sandbox and one kind', async () => {
    await write({ kept: [artifact('AccessToken', 'mine')] });
    expect(await findPayload(key('AccessToken', 'mine', otherId))).toBeUndefined();
    expect(await findPayload(key('RefreshToken', 'mine'))).toBeUndefined();
    await writeTogether({
      sandboxId: otherId,
      first: [],
      kept: [],
      consumed: [],
      removedOfGrant: [],
      ended: ['mine'],
      removed: [storedKey({ model: 'AccessToken', id: 'mine' })],
    });
    expect(await findPayload(token('mine'))).toBeDefined();
  });

  it('go with their grant', async () => {
    const [t1, r1, t2] = [
      artifact('AccessToken', 't1', { grantId: 'g1' }),
      artifact('RefreshToken', 'r1', { grantId: 'g1' }),
      artifact('AccessToken', 't2', { grantId: 'g2' }),
    ];
    await write({ kept: [artifact('Grant', 'g1'), t1, r1, t2], newGrant: newGrant('g1') });
    expect(await findGrant(sandboxId, 'g1')).toEqual({ payload: { jti: 'g1' }, context: { patient: 'p' } });
    expect(await findGrant(otherId, 'g1')).toBeUndefined();
    await write({ removedOfGrant: [{ model: 'AccessToken', grantId: 'g1' }] });
    expect(await findPayload(token('t1'))).toBeUndefined();
    expect(await findPayload(key('RefreshToken', 'r1'))).toBeDefined();
    await write({ ended: ['g1'] });
    expect(await findPayload(key('RefreshToken', 'r1'))).toBeUndefined();
    expect(await findGrant(sandboxId, 'g1')).toBeUndefined();
    expect(await database().grantContext.count({ where: { grantId: 'g1' } })).toBe(0);
    expect(await findPayload(token('t2'))).toBeDefined();
  });

  it('are swept a day after they expired, contexts with their grants', async () => {
    const now = new Date('2030-01-10T00:00:00Z');
    const old = new Date('2030-01-08T00:00:00Z');
    const recent = new Date('2030-01-09T12:00:00Z');
    await write({ kept: [artifact('AccessToken', 'old', {}, old), artifact('AccessToken', 'recent', {}, recent)] });
    await write({
      kept: [artifact('Grant', 'alive', {}, new Date('2031-01-01T00:00:00Z'))],
      newGrant: newGrant('alive'),
    });
    await write({ newGrant: newGrant('dead') });
    await database().grantContext.updateMany({ where: { sandboxId }, data: { createdAt: old } });
    await sweepPayloads(now);
    expect(await findPayload(token('old'))).toBeUndefined();
    expect(await findPayload(token('recent'))).toBeDefined();
    const left = await database().grantContext.findMany({ where: { grantId: { in: ['alive', 'dead'] } } });
    expect(left.map(({ grantId }) => grantId)).toEqual(['alive']);
  });
});

describe('an artifact or launch that can be used once', () => {
  const tries = [1, 2, 3, 4];

  it('is used up by one of several requests, and only that one writes', async () => {
    await write({ kept: [artifact('AuthorizationCode', 'code')] });
    const lost = await Promise.all(
      tries.map((of) =>
        write({
          consumed: [storedKey({ model: 'AuthorizationCode', id: 'code' })],
          kept: [artifact('AccessToken', `token ${of} of the code`)],
        }),
      ),
    );
    expect(lost.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(lost.filter((outcome) => outcome === 'artifact')).toHaveLength(3);
    const written = await Promise.all(tries.map((of) => findPayload(token(`token ${of} of the code`))));
    expect(written.map(Boolean)).toEqual(lost.map((outcome) => outcome === undefined));
    expect(await findPayload(key('AuthorizationCode', 'code'))).toMatchObject({ consumed: expect.any(Number) });
  });

  it('is no longer there to be used once its grant has ended', async () => {
    await write({ kept: [artifact('Grant', 'ended'), artifact('RefreshToken', 'of ended', { grantId: 'ended' })] });
    await write({ ended: ['ended'] });
    const consumed = [storedKey({ model: 'RefreshToken', id: 'of ended' })];
    expect(await write({ consumed, kept: [artifact('AccessToken', 'too late')] })).toBe('artifact');
    expect(await findPayload(token('too late'))).toBeUndefined();
  });

  it('lets one request use both the assertion and the code', async () => {
    await write({ kept: [artifact('AuthorizationCode', 'code with proof')] });
    const attempt = () =>
      write({
        first: [artifact('ReplayDetection', 'proof')],
        consumed: [storedKey({ model: 'AuthorizationCode', id: 'code with proof' })],
      });
    const lost = await Promise.all(tries.map(attempt));
    expect(lost.sort()).toEqual(['assertion', 'assertion', 'assertion', undefined]);
  });

  it('keeps an assertion that came with a used code, since it has been presented', async () => {
    const consumed = [storedKey({ model: 'AuthorizationCode', id: 'nowhere' })];
    expect(await write({ first: [artifact('ReplayDetection', 'shown')], consumed })).toBe('artifact');
    expect(await write({ first: [artifact('ReplayDetection', 'shown')] })).toBe('assertion');
  });

  it('is a launch for its own app, user and sandbox, until it was withdrawn', async () => {
    const client = { clientId: 'a', name: 'A', redirectUris: [] as string[], scope: '', type: 'public' as const };
    await database().client.create({ data: { ...client, sandboxId } });
    const user = { id: randomUUID(), username: 'launcher', name: 'L', passwordHash: 'none' };
    await database().user.create({ data: user });
    const launch = { sandboxId, clientId: 'a', userId: user.id, parameters: {}, origin: 'ui', expiresAt: later };
    await database().launchContext.create({ data: { ...launch, launchId: 'bound' } });
    const use = (grantId: string, more: object = {}) => {
      const whose = { ...newGrant(grantId), userId: user.id, launchHash: LaunchHash.parse('bound'), ...more };
      return write({ sandboxId: whose.sandboxId, newGrant: whose });
    };
    expect(await use('of another app', { clientId: 'b' })).toBe('launch');
    expect(await use('of another user', { userId: 'u' })).toBe('launch');
    expect(await use('of another sandbox', { sandboxId: otherId })).toBe('launch');
    const where = { launchId: 'bound' };
    await database().launchContext.update({ where, data: { withdrawnAt: new Date() } });
    expect(await use('of a withdrawn launch')).toBe('launch');
    await database().launchContext.update({ where, data: { withdrawnAt: null } });
    expect([await use('of its own'), await use('of its own again')]).toEqual([undefined, 'launch']);
    const kept = await database().grantContext.findMany({ where: { launchId: 'bound' } });
    expect(kept.map(({ grantId }) => grantId)).toEqual(['of its own']);
  });

  it('is written with everything else, or not at all', async () => {
    await write({
      kept: [artifact('RefreshToken', 'rotating', { grantId: 'rotated' }), artifact('AccessToken', 'stays')],
    });
    const consumed = [storedKey({ model: 'RefreshToken', id: 'rotating' })];
    const broken = { ...artifact('AccessToken', 'broken'), model: null as unknown as string };
    const replaced = {
      consumed,
      removed: [storedKey(token('stays'))],
      kept: [artifact('AccessToken', 'whole'), broken],
    };
    await expect(write(replaced)).rejects.toThrow();
    expect(await findPayload(key('RefreshToken', 'rotating'))).not.toHaveProperty('consumed');
    expect(await findPayload(token('whole'))).toBeUndefined();
    expect(await findPayload(token('stays'))).toBeDefined();
  });
});

describe('a secret that is made on first use', () => {
  it('is the same for all who ask at once', async () => {
    const secrets = await Promise.all([1, 2, 3].map(() => findOrCreateSecret('racing')));
    expect(new Set(secrets).size).toBe(1);
    expect(await database().secret.count({ where: { name: 'racing' } })).toBe(1);
    const keys = await Promise.all([1, 2, 3].map(() => findSigningKeys(sandboxId)));
    expect(new Set(keys.map((some) => some.map(({ kid }) => kid).join())).size).toBe(1);
    expect(keys[0]?.map(({ alg }) => alg).sort()).toEqual(['ES384', 'RS256']);
  });

  it('differs between sandboxes', async () => {
    const [mine, theirs] = await Promise.all([findSigningKeys(sandboxId), findSigningKeys(otherId)]);
    expect(mine.map(({ kid }) => kid)).not.toEqual(theirs.map(({ kid }) => kid));
  });
});
