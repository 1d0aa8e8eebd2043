import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { type KeptField, keptFields } from '#lib/smart/client/client-members.ts';
import type { DynamicRegistration } from '#lib/smart/dynamic/registration.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { admitAttempt } from '../member/failed-attempts.ts';
import { noRoomForClient } from '../sandbox/room.ts';
import { type Client, clientColumns, toClient, toColumns } from './client.ts';
import type { ClientWithSecret } from './clients.ts';
import { countUse } from './initial-access-tokens.ts';
import { changeLocked, clientOf, lockClient } from './locked-client.ts';
import { spendRegistrationAccess } from './registration-access.ts';
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
    if (count >= maxDynamicClients || (await noRoomForClient(sandboxId))) return 'full';
    if (initialAccessToken && !(await countUse(sandboxId, initialAccessToken))) return 'token-ended';
    const data = { ...toColumns(registration), ...columns, sandboxId, clientId, dynamic: true, metadata: description };
    const row = await database().client.create({ data, select: clientColumns });
    return withoutUndefined({ client: toClient(row), clientSecret });
  });
}

/** A registration that an app sends for itself, and the registration access token that it may do so with, once. */
interface OwnUpdate extends DynamicRegistration {
  token: string;
}

/**
 * Replaces the registration of an app that registered itself by a new one that it sent, and uses up its registration
 * access token in the same transaction; undefined when the token was used up or has ended. Fields that only
 * administrators set stay, except for trust, which an administrator gave to the old registration.
 */
export async function updateDynamicClient(
  sandboxId: number,
  clientId: string,
  { registration, description, token }: OwnUpdate,
): Promise<ClientWithSecret | undefined> {
  // Hashing is slow, and a transaction must not be.
  const secret = await newSecretFor(registration.type);
  return inTransaction(async () => {
    const row = await lockClient(sandboxId, clientId);
    if (!row?.dynamic || !(await spendRegistrationAccess(sandboxId, token))) return undefined;
    const before = clientOf(row);
    const { clientSecret, columns } = before.type === registration.type ? { columns: {} } : secret;
    const kept = toColumns({ ...registration, ...keptOf(before) });
    const after = await changeLocked(row, { ...kept, ...columns, metadata: description });
    return withoutUndefined({ client: clientOf(after), clientSecret });
  });
}

function keptOf(client: Client): Pick<Client, KeptField> {
  return Object.fromEntries(keptFields.map((name) => [name, client[name]])) as Pick<Client, KeptField>;
}
