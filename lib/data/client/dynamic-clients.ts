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

/** So many apps of a sandbox may have registered themselves: an open one must not be filled. */
export const maxDynamicClients = 1000;

/** And so many in a while. */
export const registrationRate = { attempts: 100, minutes: 60 };

/** Why an app was not registered: the sandbox is full, others were faster, or the token has ended meanwhile. */
export type RegistrationRefusal = 'full' | 'too-fast' | 'token-ended';

interface NewDynamicClient extends DynamicRegistration {
  clientId: string;
  /** The value of the initial access token, where the sandbox asks for one. */
  initialAccessToken?: string | undefined;
}

/** Registers an app that sent its own registration; one of type `secret` gets its secret here. */
export async function registerDynamicClient(
  sandboxId: number,
  { clientId, registration, description, initialAccessToken }: NewDynamicClient,
): Promise<ClientWithSecret | RegistrationRefusal> {
  if (!(await admitAttempt(`register ${sandboxId}`, registrationRate))) return 'too-fast';
  const { clientSecret, columns } = await newSecretFor(registration.type);
  return inTransaction(async () => {
    // The lock makes registrations at the same moment wait for each other, so that they count right.
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
 * Replaces the registration of an app that registered itself by another that it sent; undefined: there is no such app.
 * What only administrators say of apps stays, but for their trust, which was in what it was before.
 */
export async function updateDynamicClient(
  sandboxId: number,
  clientId: string,
  { registration, description }: DynamicRegistration,
): Promise<ClientWithSecret | undefined> {
  return inTransaction(async () => {
    const where = { sandboxId, clientId, dynamic: true };
    const row = await database().client.findFirst({ where, select: clientColumns });
    if (!row) return undefined;
    const before = toClient(row);
    const { clientSecret, columns } =
      before.type === registration.type ? { columns: {} } : await newSecretFor(registration.type);
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
