import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { type KeptField, keptFields } from '#lib/smart/client/client-members.ts';
import type { DynamicRegistration } from '#lib/smart/dynamic/registration.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { admitAttempt } from '../member/failed-attempts.ts';
import { type Client, clientColumns, toClient, toColumns } from './client.ts';
import type { ClientWithSecret } from './clients.ts';
import { countUse } from './initial-access-tokens.ts';
import { newSecretFor } from './secrets.ts';

/** The most apps of a sandbox that may have registered themselves, so that nobody can fill an open sandbox. */
export const maxDynamicClients = 1000;

/** How many registrations a sandbox accepts in a period. */
export const registrationRate = { attempts: 100, minutes: 60 };

/** Why an app was not registered: the sandbox has too many, too many came in a short time, or the token has ended. */
export type RegistrationRefusal = 'full' | 'too-fast' | 'token-ended';

interface NewDynamicClient extends DynamicRegistration {
  clientId: string;
  /** The value of the initial access token, when the sandbox requires one. */
  initialAccessToken?: string | undefined;
}

/**
 * Registers an app that sent its own registration. One of type `secret` gets its secret, which is only returned here.
 */
export async function registerDynamicClient(
  sandboxId: number,
  { clientId, registration, description, initialAccessToken }: NewDynamicClient,
): Promise<ClientWithSecret | RegistrationRefusal> {
  if (!(await admitAttempt(`register ${sandboxId}`, registrationRate))) return 'too-fast';
  const { clientSecret, columns } = await newSecretFor(registration.type);
  return inTransaction(async () => {
    // The lock makes simultaneous registrations wait for each other, so that the count is right.
    await database().$queryRaw`SELECT id FROM sandbox WHERE id = ${sandboxId} FOR NO KEY UPDATE`;
    const count = await database().client.count({ where: { sandboxId, dynamic: true } });
    if (count >= maxDynamicClients) return 'full';
    if (initialAccessToken && !(await countUse(sandboxId, initialAccessToken))) return 'token-ended';
    const data = { ...toColumns(registration), ...columns, sandboxId, clientId, dynamic: true, metadata: description };
    const row = await database().client.create({ data, select: clientColumns });
    return withoutUndefined({ client: toClient(row), clientSecret });
  });
}

/**
 * Replaces the registration of an app that registered itself by a new one that it sent; undefined when there is no such
 * app. Fields that only administrators set stay, except for trust, which an administrator gave to the old registration.
 */
export async function updateDynamicClient(
  sandboxId: number,
  clientId: string,
  { registration, description }: DynamicRegistration,
): Promise<ClientWithSecret | undefined> {
  const made = await newSecretFor(registration.type);
  return inTransaction(async () => {
    const where = { sandboxId, clientId, dynamic: true };
    const row = await database().client.findFirst({ where, select: clientColumns });
    if (!row) return undefined;
    const before = toClient(row);
    const { clientSecret, columns } = before.type === registration.type ? { columns: {} } : made;
    const after = await database().client.update({
      where: { sandboxId_clientId: { sandboxId, clientId }, dynamic: true },
      data: { ...toColumns({ ...registration, ...keptOf(before) }), ...columns, metadata: description },
      select: clientColumns,
    });
    return withoutUndefined({ client: toClient(after), clientSecret });
  });
}

function keptOf(client: Client): Pick<Client, KeptField> {
  return Object.fromEntries(keptFields.map((name) => [name, client[name]])) as Pick<Client, KeptField>;
}
