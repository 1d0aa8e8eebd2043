import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { ConsentAnswer } from '#lib/smart/consent.ts';
import { unlessOrphaned } from '../database/constraint.ts';
import { database } from '../database/database.ts';

/** Identifies a consent by sandbox, user and app. */
export interface ConsentKey {
  sandboxId: number;
  userId: string;
  clientId: string;
}

/** A remembered consent, and whether the app's registration has stayed the same since. */
export interface RememberedConsent extends ConsentAnswer {
  sameRegistration: boolean;
}

/** The consent that a user wanted remembered for an app; undefined when there is none. */
export async function findConsent(key: ConsentKey): Promise<RememberedConsent | undefined> {
  const row = await database().consent.findUnique({
    where: { sandboxId_userId_clientId: key },
    select: { allowed: true, declined: true, updatedAt: true, client: { select: { updatedAt: true } } },
  });
  if (!row) return undefined;
  const { allowed, declined, updatedAt, client } = row;
  return { allowed, declined, sameRegistration: client.updatedAt <= updatedAt };
}

/** A remembered consent with its app. */
export interface ConsentToApp extends ConsentAnswer {
  client: { clientId: string; name: string; logoUri?: string };
  answeredAt: Date;
}

/** The remembered consents of a user in a sandbox that still count, by the name of the app. */
export async function findConsentsOf(sandboxId: number, userId: string): Promise<ConsentToApp[]> {
  const rows = await database().consent.findMany({
    where: { sandboxId, userId },
    select: {
      allowed: true,
      declined: true,
      updatedAt: true,
      client: { select: { clientId: true, name: true, logoUri: true, updatedAt: true } },
    },
    orderBy: [{ client: { name: 'asc' } }, { clientId: 'asc' }],
  });
  const counting = rows.filter(({ updatedAt, client }) => client.updatedAt <= updatedAt);
  return counting.map(({ allowed, declined, updatedAt: answeredAt, client: { clientId, name, logoUri } }) => {
    const client = withoutUndefined({ clientId, name, logoUri: logoUri || undefined });
    return { allowed, declined, answeredAt, client };
  });
}

/** Remembers a user's consent to an app, in place of an earlier one; nothing when the app was removed just now. */
export async function rememberConsent(key: ConsentKey, { allowed, declined }: ConsentAnswer): Promise<void> {
  const where = { sandboxId_userId_clientId: key };
  const create = { ...key, allowed, declined };
  await database().consent.upsert({ where, create, update: { allowed, declined } }).catch(unlessOrphaned);
}

/** Forgets a user's consent to an app, so that they are asked again. @returns whether there was one. */
export async function forgetConsent(sandboxId: number, userId: string, clientId: string): Promise<boolean> {
  return (await database().consent.deleteMany({ where: { sandboxId, userId, clientId } })).count > 0;
}
