import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { requireNoTransaction } from '#lib/work/open-transaction.ts';
import { database } from '../database/database.ts';
import { query, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';

/** OpenID Connect requires every client to support RS256; ES384 is SMART's other algorithm. */
const algorithms = [
  { alg: 'RS256', options: { modulusLength: 2048 } },
  { alg: 'ES384', options: {} },
];

/** How long a retired key still verifies: an id_token lives for an hour, and clocks differ. */
export const retirementSeconds = 65 * 60;

/**
 * The private keys of a sandbox's issuer as JWKs, each with `kid`, `alg` and `use`: first those to sign with, then
 * retired ones whose id_tokens may still be alive. They are made on first use; when several processes make them at the
 * same moment, all get the keys of the one that came first.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys
 */
export async function findSigningKeys(sandboxId: number): Promise<JWK[]> {
  const found = await readKeys(sandboxId);
  if (found.length > 0) return found;
  const keys = await makeKeys();
  await inTransaction(async () => {
    await lockIssuer(sandboxId);
    if ((await database().signingKey.count({ where: { sandboxId } })) > 0) return;
    await keepKeys(sandboxId, keys, new Date());
  });
  return readKeys(sandboxId);
}

async function readKeys(sandboxId: number): Promise<JWK[]> {
  const rows = await database().signingKey.findMany({
    where: { sandboxId },
    orderBy: [{ retiredAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }, { kid: 'asc' }],
    select: { privateJwk: true },
  });
  return rows.map(({ privateJwk }) => privateJwk as JWK);
}

/** The public facts about a key. */
export interface SigningKeyState {
  kid: string;
  alg: string;
  createdAt: Date;
  /** When it stopped signing. */
  retiredAt: Date | null;
}

/** The keys of a sandbox's issuer without their secret parts; those that sign come first. */
export function describeSigningKeys(sandboxId: number): Promise<SigningKeyState[]> {
  return query<SigningKeyState>(sql`
    SELECT kid, private_jwk ->> 'alg' AS alg, created_at AS "createdAt", retired_at AS "retiredAt"
    FROM signing_key WHERE sandbox_id = ${sandboxId}
    ORDER BY retired_at DESC NULLS FIRST, created_at DESC, kid`);
}

/**
 * Gives a sandbox's issuer new keys, with which every process signs from its next request on. The old keys only verify,
 * until `sweepSigningKeys` removes them.
 */
export async function rotateSigningKeys(sandboxId: number, now = new Date()): Promise<void> {
  const keys = await makeKeys();
  await inTransaction(async () => {
    await lockIssuer(sandboxId);
    await database().signingKey.updateMany({ where: { sandboxId, retiredAt: null }, data: { retiredAt: now } });
    await keepKeys(sandboxId, keys, now);
    await database().sandbox.update({ where: { id: sandboxId }, data: { settingsVersion: { increment: 1 } } });
  });
}

/** Deletes the retired keys of all issuers whose last tokens have expired; every process stops publishing them. */
export async function sweepSigningKeys(now: Date): Promise<void> {
  const before = new Date(now.getTime() - retirementSeconds * 1000);
  await database().$executeRaw`
    WITH removed AS (DELETE FROM signing_key WHERE retired_at < ${before} RETURNING sandbox_id)
    UPDATE sandbox SET settings_version = settings_version + 1 WHERE id IN (SELECT sandbox_id FROM removed)`;
}

/** Locks an issuer, so that others that change its keys wait and then see the change. */
async function lockIssuer(sandboxId: number): Promise<void> {
  await database().$queryRaw`SELECT id FROM sandbox WHERE id = ${sandboxId} FOR NO KEY UPDATE`;
}

async function keepKeys(sandboxId: number, keys: SigningKey[], createdAt: Date) {
  await database().signingKey.createMany({
    data: keys.map((key) => ({ sandboxId, kid: key.kid, privateJwk: key as object, createdAt })),
  });
}

type SigningKey = JWK & { kid: string };

/** New keys of an issuer. @internal */
export async function makeKeys(): Promise<SigningKey[]> {
  requireNoTransaction('Making keys');
  return Promise.all(
    algorithms.map(async ({ alg, options }) => {
      const { privateKey } = await generateKeyPair(alg, { ...options, extractable: true });
      return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: randomUUID() };
    }),
  );
}
