import { type Client, clientColumns, toClient } from './client.ts';
import { database } from './database.ts';

/** A registered app as the token endpoint needs it: with the hash of its secret. */
export interface RegisteredClient extends Client {
  clientSecretHash?: string;
}

/** The registration of an app in one sandbox, disabled ones included. */
export async function findRegisteredClient(sandboxId: number, clientId: string): Promise<RegisteredClient | undefined> {
  const row = await database().client.findUnique({
    where: { sandboxId_clientId: { sandboxId, clientId } },
    select: { ...clientColumns, clientSecretHash: true },
  });
  if (!row) return undefined;
  const { clientSecretHash, ...client } = row;
  return { ...toClient(client), ...(clientSecretHash ? { clientSecretHash } : {}) };
}
