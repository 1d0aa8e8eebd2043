import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { LaunchParameters } from '#lib/smart/launch/context.ts';
import { withoutReserved } from '#lib/smart/launch/reserved-names.ts';
import { type LaunchScenario, readEmbedMode } from '#lib/smart/scenario/launch-scenario.ts';
import { isStorable } from '#lib/smart/storable-json.ts';
import type { LaunchScenario as ScenarioRow } from '#prisma/generated/client.ts';
import { unlessOrphaned } from '../database/constraint.ts';
import { database } from '../database/database.ts';

/** A scenario of a sandbox, with the names of its app and of the member it is for. */
export interface ListedScenario extends LaunchScenario {
  client: { name: string; logoUri?: string | undefined; enabled: boolean };
  /** Undefined for a scenario that is for everybody, and when its user is no longer a member. */
  user?: { name: string } | undefined;
}

/** The scenarios of a sandbox by name: those that `username` may open, or all when it is undefined. */
export async function findScenarios(sandboxId: number, username?: string): Promise<ListedScenario[]> {
  const own = username === undefined ? {} : { OR: [{ username: null }, { username }] };
  const rows = await database().launchScenario.findMany({
    where: { sandboxId, ...own },
    include: { client: { select: { name: true, logoUri: true, enabled: true } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const usernames = rows.flatMap((row) => row.username ?? []);
  const members = await database().user.findMany({
    where: { username: { in: usernames }, memberships: { some: { sandboxId } } },
    select: { username: true, name: true },
  });
  const names = new Map(members.map((member) => [member.username, member.name]));
  return rows.map(({ client: { logoUri, ...client }, ...row }) => {
    const name = row.username === null ? undefined : names.get(row.username);
    return {
      ...toScenario(row),
      client: withoutUndefined({ ...client, logoUri: logoUri || undefined }),
      user: name ? { name } : undefined,
    };
  });
}

/** The scenario of a sandbox that a link names by `id`. */
export async function findScenario(sandboxId: number, id: string): Promise<LaunchScenario | undefined> {
  if (!isStorable(id)) return undefined;
  const row = await database().launchScenario.findFirst({ where: { sandboxId, id } });
  return row ? toScenario(row) : undefined;
}

/** Adds a scenario. An id that is taken and an app that the sandbox does not have are refused. */
export async function addScenario(sandboxId: number, scenario: LaunchScenario): Promise<ScenarioRefusal | undefined> {
  const data = [{ sandboxId, ...toColumns(scenario) }];
  const added = await database().launchScenario.createMany({ data, skipDuplicates: true }).catch(unlessOrphaned);
  if (!added) return 'unknown-client';
  return added.count === 0 ? 'id-taken' : undefined;
}

/** Changes a scenario, but not its id, so that its link stays valid. */
export async function changeScenario(
  sandboxId: number,
  id: string,
  scenario: LaunchScenario,
): Promise<ScenarioRefusal | undefined> {
  const { id: _, ...data } = toColumns(scenario);
  const where = { sandboxId, id };
  const changed = await database().launchScenario.updateMany({ where, data }).catch(unlessOrphaned);
  if (!changed) return 'unknown-client';
  return changed.count === 0 ? 'no-such-scenario' : undefined;
}

/** Why a scenario was not stored. */
export type ScenarioRefusal = 'unknown-client' | 'id-taken' | 'no-such-scenario';

/** Removes a scenario; false when there was none. */
export async function removeScenario(sandboxId: number, id: string): Promise<boolean> {
  const { count } = await database().launchScenario.deleteMany({ where: { sandboxId, id } });
  return count > 0;
}

/** Creates or updates the scenario that a sandbox file or a seed describes. */
export async function applyScenario(sandboxId: number, scenario: LaunchScenario): Promise<void> {
  const { id, ...columns } = toColumns(scenario);
  await database().launchScenario.upsert({
    where: { sandboxId_id: { sandboxId, id } },
    create: { sandboxId, id, ...columns },
    update: columns,
  });
}

function toColumns({ username, parameters, ...scenario }: LaunchScenario) {
  return { ...scenario, username: username ?? null, parameters: parameters as object };
}

function toScenario({ id, name, description, clientId, username, parameters, embed }: ScenarioRow): LaunchScenario {
  return withoutUndefined({
    id,
    name,
    description,
    clientId,
    embed: readEmbedMode(embed),
    username: username ?? undefined,
    parameters: withoutReserved(parameters as LaunchParameters),
  });
}
