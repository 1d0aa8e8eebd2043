import { env } from '#lib/env.ts';
import { database } from '../database/database.ts';

/** The client_id of the one enabled client with this launch URI; undefined when there is none, or more than one. */
export async function findClientByLaunchUri(sandboxId: number, launchUri: string): Promise<string | undefined> {
  const found = await database().client.findMany({
    where: { sandboxId, launchUri: { in: [launchUri, withoutOrigin(launchUri)] }, enabled: true },
    select: { clientId: true },
    take: 2,
  });
  return found.length === 1 ? found[0]?.clientId : undefined;
}

/** The path of an address on this server, since an app may be registered under a path alone. */
function withoutOrigin(address: string): string {
  const { origin } = env();
  return address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
}
