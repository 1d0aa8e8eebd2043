import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { database } from './database.ts';

/** RS256 is what OpenID Connect makes every client understand; ES384 is SMART's other algorithm. */
const algorithms = [
  { alg: 'RS256', options: { modulusLength: 2048 } },
  { alg: 'ES384', options: {} },
];

/**
 * The private keys of a sandbox's issuer as JWKs, each with `kid`, `alg` and `use`, the one to sign with first.
 * They are made when first asked for; of several processes that make them at the same moment, one wins.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#SigningOrder
 */
export async function findSigningKeys(sandboxId: number): Promise<JWK[]> {
  const found = await readKeys(sandboxId);
  if (found.length > 0) return found;
  const keys = await Promise.all(algorithms.map(({ alg, options }) => makeKey(alg, options)));
  await database().$transaction(async (transaction) => {
    // The lock on the sandbox makes the others wait, and then find that the keys are there.
    await transaction.$queryRaw`SELECT id FROM sandbox WHERE id = ${sandboxId} FOR UPDATE`;
    if ((await transaction.signingKey.count({ where: { sandboxId } })) > 0) return;
    await transaction.signingKey.createMany({
      data: keys.map((key) => ({ sandboxId, kid: key.kid, privateJwk: key as object })),
    });
  });
  return readKeys(sandboxId);
}

async function readKeys(sandboxId: number): Promise<JWK[]> {
  const rows = await database().signingKey.findMany({
    where: { sandboxId, retiredAt: null },
    orderBy: [{ createdAt: 'desc' }, { kid: 'asc' }],
    select: { privateJwk: true },
  });
  return rows.map(({ privateJwk }) => privateJwk as JWK);
}

async function makeKey(alg: string, options: { modulusLength?: number }): Promise<JWK & { kid: string }> {
  const { privateKey } = await generateKeyPair(alg, { ...options, extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: randomUUID() };
}
