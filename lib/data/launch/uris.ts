import { withoutOwnOrigin } from '#lib/address/own-origins.ts';
import { ownOrigins } from '#lib/env.ts';
import { database } from '../database/database.ts';

/**
 * The client_id of the one enabled client with this launch URI; undefined when there is none, or more than one. An app of
 * this server may be registered under a path alone.
 */
export async function findClientByLaunchUri(sandboxId: number, launchUri: string): Promise<string | undefined> {
  const found = await database().client.findMany({
    where: { sandboxId, launchUri: { in: [launchUri, withoutOwnOrigin(launchUri, ownOrigins())] }, enabled: true },
    select: { clientId: true },
    take: 2,
  });
  return found.length === 1 ? found[0]?.clientId : undefined;
}
