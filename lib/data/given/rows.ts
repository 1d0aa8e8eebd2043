import { database } from '../database/database.ts';

/** What tells an app from another one that is registered later under the same id; undefined when there is none. */
export async function rowOfClient(sandboxId: number, clientId: string): Promise<string | undefined> {
  const found = await database().client.findFirst({ where: { sandboxId, clientId }, select: { createdAt: true } });
  return found?.createdAt.toISOString();
}

/** The id of the registration of the CDS service that `serviceKey` names; undefined when there is none. */
export async function rowOfService(sandboxId: number, key: string): Promise<string | undefined> {
  const [discoveryUrl, serviceId, hook] = JSON.parse(key);
  const where = { sandboxId, discoveryUrl, serviceId, hook };
  return (await database().cdsService.findFirst({ where, select: { id: true } }))?.id;
}

/** What tells a scenario from another one that is made later under the same id; undefined when there is none. */
export async function rowOfScenario(sandboxId: number, id: string): Promise<string | undefined> {
  const found = await database().launchScenario.findFirst({ where: { sandboxId, id }, select: { createdAt: true } });
  return found?.createdAt.toISOString();
}
