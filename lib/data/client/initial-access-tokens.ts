import { randomBytes } from 'node:crypto';
import { requireTransaction } from '../database/ambient.ts';
import { database } from '../database/database.ts';
import { daysBefore } from '../database/days-before.ts';
import { deleteInSlices } from '../database/delete-in-slices.ts';
import { secretHash } from '../database/secret-hash.ts';
import { sql } from '../database/sql.ts';

/** A token that allows its holder to register apps, as administrators see it: without its value. */
export interface InitialAccessToken {
  id: string;
  /** The name that an administrator gave it. */
  label: string;
  /** Name of the administrator who made it. */
  madeBy: string;
  createdAt: Date;
  /** Null when it works until it is revoked. */
  expiresAt: Date | null;
  /** How many apps were registered with it, and when the last of them was. */
  uses: number;
  lastUsedAt: Date | null;
}

const columns = {
  id: true,
  label: true,
  madeBy: true,
  createdAt: true,
  expiresAt: true,
  uses: true,
  lastUsedAt: true,
} as const;

/** The tokens of a sandbox that are not revoked, expired ones included; the newest first. */
export async function findInitialAccessTokens(sandboxId: number): Promise<InitialAccessToken[]> {
  const orderBy = [{ createdAt: 'desc' as const }, { id: 'asc' as const }];
  return database().initialAccessToken.findMany({ where: { sandboxId }, select: columns, orderBy });
}

/** Makes a token of 256 random bits and returns it; only its hash is stored. */
export async function makeInitialAccessToken(
  sandboxId: number,
  token: Pick<InitialAccessToken, 'label' | 'madeBy' | 'expiresAt'>,
): Promise<string> {
  const value = randomBytes(32).toString('base64url');
  await database().initialAccessToken.create({ data: { ...token, sandboxId, hash: secretHash(value) } });
  return value;
}

/** Revokes a token; the apps registered with it stay. Returns whether there was one. */
export async function revokeInitialAccessToken(sandboxId: number, id: string): Promise<boolean> {
  return (await database().initialAccessToken.deleteMany({ where: { sandboxId, id } })).count > 0;
}

/** The token with this value, expired or not. */
export async function findInitialAccessToken(
  sandboxId: number,
  value: string,
): Promise<InitialAccessToken | undefined> {
  const where = { sandboxId_hash: { sandboxId, hash: secretHash(value) } };
  return (await database().initialAccessToken.findUnique({ where, select: columns })) ?? undefined;
}

/** Counts a registration with this token; false when the token was revoked meanwhile. */
export async function countUse(sandboxId: number, value: string): Promise<boolean> {
  requireTransaction();
  const { count } = await database().initialAccessToken.updateMany({
    where: { sandboxId, hash: secretHash(value) },
    data: { uses: { increment: 1 }, lastUsedAt: new Date() },
  });
  return count > 0;
}

/** How many days a token that has expired stays on the page, where its uses are told. */
export const keptAfterExpiry = 30;

/** Deletes the tokens that expired long before `now`; one without an end lives until it is revoked. */
export async function sweepInitialAccessTokens(now: Date): Promise<void> {
  const oldest = daysBefore(now, keptAfterExpiry);
  await deleteInSlices(sql`initial_access_token`, sql`expires_at < ${oldest}::timestamptz`);
}
