import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { ConsentAnswer } from '#lib/smart/consent.ts';
import { database } from '../database/database.ts';

/** Whose answer to which app, in which sandbox. */
export interface ConsentKey {
  sandboxId: number;
  userId: string;
  clientId: string;
}

/** An answer that was remembered, and whether the app's registration is still the one it was given to. */
export interface RememberedConsent extends ConsentAnswer {
  sameRegistration: boolean;
}

/** What a user told this server to remember of their answer to an app; undefined when they were never asked, or did not. */
export async function findConsent(key: ConsentKey): Promise<RememberedConsent | undefined> {
  const row = await database().consent.findUnique({
    where: { sandboxId_userId_clientId: key },
    select: { allowed: true, declined: true, updatedAt: true, client: { select: { updatedAt: true } } },
  });
  if (!row) return undefined;
  const { allowed, declined, updatedAt, client } = row;
  return { allowed, declined, sameRegistration: client.updatedAt <= updatedAt };
}

/** An answer that was remembered, with the app it was given to. */
export interface ConsentToApp extends ConsentAnswer {
  client: { clientId: string; name: string; logoUri?: string };
  answeredAt: Date;
}

/** Every answer that a user wanted remembered in a sandbox and that still counts, by the name of the app. */
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

/** Remembers a user's answer to an app in place of what was remembered before. */
export async function rememberConsent(key: ConsentKey, { allowed, declined }: ConsentAnswer): Promise<void> {
  await database().consent.upsert({
    where: { sandboxId_userId_clientId: key },
    create: { ...key, allowed, declined },
    update: { allowed, declined },
  });
}

/** Forgets a user's answer to an app, so that they are asked again. Nothing happens when there is none. */
export async function forgetConsent(sandboxId: number, userId: string, clientId: string): Promise<void> {
  await database().consent.deleteMany({ where: { sandboxId, userId, clientId } });
}
