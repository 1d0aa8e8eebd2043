import { randomUUID } from 'node:crypto';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { ClientId } from '#lib/smart/client/field-rules.ts';
import type { ClientRegistration } from '#lib/smart/client/registration.ts';
import type { Prisma } from '#prisma/generated/client.ts';
import { isTaken } from '../database/constraint.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { type Client, clientColumns, toClient, toColumns } from './client.ts';
import { changeLocked, clientOf, lockClient } from './locked-client.ts';
import { spendRegistrationAccess } from './registration-access.ts';
import { hashClientSecret, newClientSecret, newSecretFor } from './secrets.ts';

/** A client and, when one was just made, its secret, which nobody can see later. */
export interface ClientWithSecret {
  client: Client;
  clientSecret?: string;
}

/** Every app registered in a sandbox, by name. */
export async function findClients(sandboxId: number): Promise<Client[]> {
  const where = { sandboxId };
  const rows = await database().client.findMany({ where, select: clientColumns, orderBy: byName });
  return rows.map(toClient);
}

/**
 * The apps that can be launched from a sandbox's pages: enabled, and with a launch URI. By name, those that registered
 * themselves last: their names are their own word.
 */
export async function findLaunchableClients(sandboxId: number): Promise<Client[]> {
  const where = { sandboxId, enabled: true, launchUri: { not: null } };
  const orderBy = [{ dynamic: 'asc' } as const, ...byName];
  const rows = await database().client.findMany({ where, select: clientColumns, orderBy });
  return rows.map(toClient);
}

const byName: Prisma.ClientOrderByWithRelationInput[] = [{ name: 'asc' }, { clientId: 'asc' }];

export async function findClient(sandboxId: number, clientId: string): Promise<Client | undefined> {
  if (!ClientId.safeParse(clientId).success) return undefined;
  const where = { sandboxId_clientId: { sandboxId, clientId } };
  const row = await database().client.findUnique({ where, select: clientColumns });
  return row ? toClient(row) : undefined;
}

/**
 * Registers an app under the given id or a new one. A client of type `secret` gets its secret, which is only returned
 * here.
 */
export async function registerClient(
  sandboxId: number,
  registration: ClientRegistration,
): Promise<ClientWithSecret | 'client-id-taken'> {
  const clientId = registration.clientId ?? randomUUID();
  const { clientSecret, columns } = await newSecretFor(registration.type);
  const data = { ...toColumns(registration), ...columns, sandboxId, clientId };
  try {
    const row = await database().client.create({ data, select: clientColumns });
    return withoutUndefined({ client: toClient(row), clientSecret });
  } catch (error) {
    if (isTaken(error)) return 'client-id-taken';
    throw error;
  }
}

/**
 * Replaces an app's registration except for its id. A client that becomes one of type `secret` gets a secret; one that
 * is no longer of that type loses it. Undefined when the sandbox has no such client.
 */
export async function updateClient(
  sandboxId: number,
  clientId: string,
  registration: ClientRegistration,
): Promise<ClientWithSecret | undefined> {
  // Hashing is slow, and a transaction must not be.
  const secret = await newSecretFor(registration.type);
  return inTransaction(async () => {
    const before = await lockClient(sandboxId, clientId);
    if (!before) return undefined;
    const { clientSecret, columns } = before.type === registration.type ? { columns: {} } : secret;
    const row = await changeLocked(before, { ...toColumns(registration), ...columns });
    return withoutUndefined({ client: clientOf(row), clientSecret });
  });
}

/**
 * Enables or disables an app. Everything that a disabled app was given ends at once, and does not come back when the app
 * is enabled again. Returns whether there is such an app.
 */
export async function setClientEnabled(sandboxId: number, clientId: string, enabled: boolean): Promise<boolean> {
  return inTransaction(async () => {
    const before = await lockClient(sandboxId, clientId);
    if (before) await changeLocked(before, { enabled });
    return before !== undefined;
  });
}

/**
 * Deletes an app with its launches and everything it was granted, so that an app registered later under the same id
 * does not inherit them. Returns whether there was one.
 */
export async function deleteClient(sandboxId: number, clientId: string): Promise<boolean> {
  return inTransaction(() => removeLocked(sandboxId, clientId));
}

/** Deletes an app that asks for it with its registration access token; false when the token was used up or has ended. */
export async function deleteDynamicClient(sandboxId: number, clientId: string, token: string): Promise<boolean> {
  return inTransaction(async () => {
    await lockClient(sandboxId, clientId);
    return (await spendRegistrationAccess(sandboxId, token)) && removeLocked(sandboxId, clientId);
  });
}

async function removeLocked(sandboxId: number, clientId: string): Promise<boolean> {
  const { count } = await database().client.deleteMany({ where: { sandboxId, clientId } });
  await database().oidcPayload.deleteMany({ where: { sandboxId, payload: { path: ['clientId'], equals: clientId } } });
  await database().grantContext.deleteMany({ where: { sandboxId, clientId } });
  return count > 0;
}

/** Why an app got no new secret: it is gone or has none, or another request has just replaced it. */
export type SecretRefusal = 'no-secret' | 'just-replaced';

/**
 * Gives a client of type `secret` a new secret; the old one stops working at once. Of several requests at the same
 * moment one gets it, so that nobody is told a secret that has ended already.
 */
export async function rotateClientSecret(
  sandboxId: number,
  clientId: string,
): Promise<{ clientSecret: string } | SecretRefusal> {
  const where = { sandboxId, clientId, type: 'secret' as const };
  const before = await database().client.findFirst({ where, select: { clientSecretHash: true } });
  if (!before) return 'no-secret';
  const clientSecret = newClientSecret();
  const clientSecretHash = await hashClientSecret(clientSecret);
  return inTransaction(async () => {
    const now = await lockClient(sandboxId, clientId);
    if (now?.clientSecretHash !== before.clientSecretHash) return 'just-replaced';
    await changeLocked(now, { clientSecretHash });
    return { clientSecret };
  });
}
