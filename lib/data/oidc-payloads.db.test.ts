import { beforeAll, describe, expect, it } from 'vitest';
import { database } from './database.ts';
import { findGrant, recordGrantContext } from './grants.ts';
import { endLoginSessions, isLoginSession } from './login-sessions.ts';
import {
  consumePayload,
  deletePayloadsOfGrant,
  findPayload,
  revokeGrant,
  savePayload,
  savePayloadOnce,
  secretHash,
} from './oidc-payloads.ts';
import { sweepPayloads } from './oidc-sweep.ts';
import { findOrCreateSecret } from './secrets.ts';
import { findSigningKeys } from './signing-keys.ts';

let sandboxId: number;
let otherId: number;
const later = new Date(Date.now() + 60_000);

beforeAll(async () => {
  sandboxId = (await database().sandbox.create({ data: { slug: 'payloads', name: 'Payloads' } })).id;
  otherId = (await database().sandbox.create({ data: { slug: 'others', name: 'Others' } })).id;
});

const token = (id: string) => ({ sandboxId, model: 'AccessToken', id });

describe('payloads', () => {
  it('are found by their secret, which is not stored', async () => {
    await savePayload(token('secret'), { jti: 'secret', scope: 'openid' }, later);
    expect(await findPayload(token('secret'))).toEqual({ jti: 'secret', scope: 'openid' });
    const row = await database().oidcPayload.findFirstOrThrow({ where: { sandboxId, model: 'AccessToken' } });
    expect(row.id).toBe(secretHash('secret'));
    expect(JSON.stringify(row)).not.toContain('"secret"');
  });

  it('belong to one sandbox and one kind', async () => {
    await savePayload(token('mine'), { jti: 'mine' }, later);
    expect(await findPayload({ ...token('mine'), sandboxId: otherId })).toBeUndefined();
    expect(await findPayload({ ...token('mine'), model: 'RefreshToken' })).toBeUndefined();
  });

  it('are consumed once, however many try at once', async () => {
    await savePayload(token('code'), { jti: 'code' }, later);
    const attempts = await Promise.all([1, 2, 3, 4].map(() => consumePayload(token('code'))));
    expect(attempts.filter(Boolean)).toHaveLength(1);
    expect(await findPayload(token('code'))).toMatchObject({ consumed: expect.any(Number) });
  });

  it('are kept once where that matters', async () => {
    const jti = { sandboxId, model: 'ReplayDetection', id: 'assertion' };
    const attempts = await Promise.all([1, 2, 3].map(() => savePayloadOnce(jti, {}, later)));
    expect(attempts.filter(Boolean)).toHaveLength(1);
  });

  it('go with their grant', async () => {
    const grant = { sandboxId, model: 'Grant', id: 'g1' };
    await savePayload(grant, { jti: 'g1' }, later);
    await savePayload(token('t1'), { jti: 't1', grantId: 'g1' }, later);
    await savePayload({ ...token('r1'), model: 'RefreshToken' }, { jti: 'r1', grantId: 'g1' }, later);
    await savePayload(token('t2'), { jti: 't2', grantId: 'g2' }, later);
    await recordGrantContext({ grantId: 'g1', sandboxId, clientId: 'a', userId: 'u', context: { patient: 'p' } });
    expect(await findGrant(sandboxId, 'g1')).toEqual({ payload: { jti: 'g1' }, context: { patient: 'p' } });
    expect(await findGrant(otherId, 'g1')).toBeUndefined();
    await deletePayloadsOfGrant({ sandboxId, model: 'AccessToken' }, 'g1');
    expect(await findPayload(token('t1'))).toBeUndefined();
    expect(await findPayload({ ...token('r1'), model: 'RefreshToken' })).toBeDefined();
    await revokeGrant(sandboxId, 'g1');
    expect(await findPayload(grant)).toBeUndefined();
    expect(await findPayload({ ...token('r1'), model: 'RefreshToken' })).toBeUndefined();
    expect(await findGrant(sandboxId, 'g1')).toBeUndefined();
    expect(await database().grantContext.count({ where: { grantId: 'g1' } })).toBe(0);
    expect(await findPayload(token('t2'))).toBeDefined();
  });

  it('are swept a day after they expired, contexts with their grants', async () => {
    const now = new Date('2030-01-10T00:00:00Z');
    const old = new Date('2030-01-08T00:00:00Z');
    const recent = new Date('2030-01-09T12:00:00Z');
    await savePayload(token('old'), { jti: 'old' }, old);
    await savePayload(token('recent'), { jti: 'recent' }, recent);
    await savePayload({ sandboxId, model: 'Grant', id: 'alive' }, { jti: 'alive' }, new Date('2031-01-01T00:00:00Z'));
    for (const grantId of ['alive', 'dead']) {
      await recordGrantContext({ grantId, sandboxId, clientId: 'a', userId: 'u', context: { patient: grantId } });
      await database().grantContext.update({ where: { grantId }, data: { createdAt: old } });
    }
    await sweepPayloads(now);
    expect(await findPayload(token('old'))).toBeUndefined();
    expect(await findPayload(token('recent'))).toBeDefined();
    const left = await database().grantContext.findMany({ where: { grantId: { in: ['alive', 'dead'] } } });
    expect(left.map(({ grantId }) => grantId)).toEqual(['alive']);
  });
});

it('knows login sessions by uid, until they end', async () => {
  const exp = Math.floor(later.getTime() / 1000);
  await savePayload({ sandboxId, model: 'Session', id: 'cookie' }, { uid: 'session', accountId: 'chen', exp }, later);
  expect(await isLoginSession(sandboxId, 'session', 'chen', new Date())).toBe(true);
  expect(await isLoginSession(sandboxId, 'session', 'other', new Date())).toBe(false);
  expect(await isLoginSession(otherId, 'session', 'chen', new Date())).toBe(false);
  expect(await isLoginSession(sandboxId, 'session', 'chen', new Date(later.getTime() + 1000))).toBe(false);
  await endLoginSessions('chen');
  expect(await isLoginSession(sandboxId, 'session', 'chen', new Date())).toBe(false);
});

describe('what is made on first use', () => {
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
