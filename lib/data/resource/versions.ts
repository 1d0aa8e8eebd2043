import { inTurns } from '#lib/work/in-turns.ts';
import { requireTransaction } from '../database/ambient.ts';
import { execute, sql } from '../database/sql.ts';
import { versionConflict } from '../database/trouble/conflict.ts';
import { type IdentifiedResource, nextVersion, type ResourceVersion } from './identified.ts';
import { dropIndexRows, writeVersions } from './rows.ts';
import { requireRoom } from './usage.ts';

/** The row of a resource's current version: its key and the number of the version. */
export interface CurrentVersion {
  key: string;
  version_id: number;
}

/** How many resources and index rows one statement writes, so that others have their turn between two of them. */
const maxStatement = { resources: 1000, rows: 20_000 };

/**
 * Stores the next version of each of `changed` with its index rows, and keeps the previous versions. The resources must
 * be locked; `current` has the stored versions of those that exist, by name.
 * @throws FhirError 409 when somebody else created one of them meanwhile, SandboxFull when there is no room for them.
 */
export async function storeVersions(
  sandboxId: number,
  changed: IdentifiedResource[],
  { current, now }: { current: ReadonlyMap<string, CurrentVersion>; now: Date },
): Promise<{ versions: ResourceVersion[]; replaced: number }> {
  requireTransaction();
  const replaced = changed.flatMap(({ name }) => current.get(name)?.key ?? []);
  const bytes = changed.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  await requireRoom(sandboxId, { resources: changed.length - replaced.length, bytes });
  await keepVersions(replaced);
  await dropIndexRows(replaced);
  const versions: ResourceVersion[] = [];
  for await (const one of inTurns(changed))
    versions.push(await nextVersion(one, current.get(one.name)?.version_id ?? 0, now));
  for (const some of inStatements(versions)) {
    if ((await writeVersions(sandboxId, some)) < some.length) throw versionConflict();
  }
  return { versions, replaced: replaced.length };
}

/** The versions in groups, each of which one statement writes. @internal */
export function* inStatements(versions: ResourceVersion[]): Generator<ResourceVersion[]> {
  let group: ResourceVersion[] = [];
  let rows = 0;
  for (const version of versions) {
    const full = group.length === maxStatement.resources || rows + version.rows.length > maxStatement.rows;
    if (full && group.length > 0) {
      yield group;
      [group, rows] = [[], 0];
    }
    group.push(version);
    rows += version.rows.length;
  }
  if (group.length > 0) yield group;
}

/** Makes a deletion the current version of the resources with these keys, and deletes their index rows. */
export async function storeDeletions(keys: string[], now: Date): Promise<void> {
  requireTransaction();
  await keepVersions(keys);
  await execute(
    sql`UPDATE resource SET deleted = true, version_id = version_id + 1, last_updated = ${now}, digest = '', content = ''
      WHERE key = ANY(${keys}::bigint[])`,
  );
  await dropIndexRows(keys);
}

/** Copies the current versions of the resources with these keys to the table of superseded versions. */
async function keepVersions(keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  await execute(
    sql`INSERT INTO resource_version (sandbox_id, resource_type, id, version_id, last_updated, deleted, content, patients)
      SELECT sandbox_id, resource_type, id, version_id, last_updated, deleted, content, patients
      FROM resource WHERE key = ANY(${keys}::bigint[])`,
  );
}
