import { ownOrigins } from '#lib/env.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { absoluteAddress } from '#lib/smart/app-address.ts';
import { database } from '../database/database.ts';
import { type Client, clientColumns, toClient } from './client.ts';

/** A registered app as the authorization server needs it: with absolute addresses and the hash of its secret. */
export interface RegisteredClient extends Client {
  clientSecretHash?: string;
}

/** The registration of an app in one sandbox, even if it is disabled. */
export async function findRegisteredClient(sandboxId: number, clientId: string): Promise<RegisteredClient | undefined> {
  // A client assertion may contain any text, and PostgreSQL cannot store NUL.
  if (clientId.includes('\0')) return undefined;
  const row = await database().client.findUnique({
    where: { sandboxId_clientId: { sandboxId, clientId } },
    select: { ...clientColumns, clientSecretHash: true },
  });
  if (!row) return undefined;
  return toRegisteredClient(row);
}

/** A row of the table `client`. */
export type ClientRow = Parameters<typeof toClient>[0] & { clientSecretHash: string | null };

const seen: Record<string, boolean> = clientColumns;

/** Converts a row with the columns of a client, and perhaps others, to a registration. */
export function toRegisteredClient({ clientSecretHash, ...row }: ClientRow): RegisteredClient {
  const columns = Object.entries(row).filter(([column]) => seen[column]);
  const client = toClient(Object.fromEntries(columns) as typeof row);
  const absolute = (address: string) => absoluteAddress(address, ownOrigins());
  return withoutUndefined({
    ...client,
    redirectUris: client.redirectUris.map(absolute),
    jwksUri: client.jwksUri && absolute(client.jwksUri),
    clientSecretHash: clientSecretHash || undefined,
  });
}
