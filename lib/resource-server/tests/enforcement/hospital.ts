import { query, sql } from '#lib/data/database/sql.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { deleteResources } from '#lib/data/resource/write.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { fhirServer } from '../fhir-server.ts';
import { Ledger } from './ledger.ts';
import type { Elsewhere, Made } from './made.ts';
import { makeResource } from './make.ts';
import type { Chance } from './random.ts';
import { ids, types } from './vocabulary.ts';

type Server = Awaited<ReturnType<typeof fhirServer>>;

/** A sandbox with random data, and the ledger of it. */
export interface Hospital {
  server: Server;
  ledger: Ledger;
  elsewhere: Required<Elsewhere>;
}

const everyone = { scopes: resourceScopes('user/*.cruds') };

/** Two sandboxes with the same ids and other content: the one to be asked, and its neighbour. */
export async function randomHospitals(chance: Chance): Promise<[Hospital, Hospital]> {
  const [one, two] = [await fhirServer({}), await fhirServer({})];
  return [await furnish(chance, one, two.base), await furnish(chance, two, one.base)];
}

async function furnish(chance: Chance, server: Server, other: string): Promise<Hospital> {
  const ledger = new Ledger(server.base);
  const names = types.flatMap((type) => ids[type].map((id) => ({ type, id })));
  for (const [year, share] of [
    [2020, 0.95],
    [2021, 0.35],
    [2022, 0.15],
  ] as const) {
    const made = names
      .filter(() => chance.happens(share))
      .map(({ type, id }) => makeResource(chance, { other }, type, id));
    await store(server, ledger, made, year);
  }
  await forget(
    server,
    ledger,
    ledger
      .present()
      .filter(() => chance.happens(0.15))
      .map(({ made }) => made),
  );
  return { server, ledger, elsewhere: { own: server.base, other } };
}

async function store({ sandboxId }: Server, ledger: Ledger, made: Made[], year: number): Promise<void> {
  const now = new Date(Date.UTC(year, 5));
  await putResources(
    sandboxId,
    made.map(({ resource }) => resource as never),
    { now },
  );
  for (const one of made) ledger.put(one, now.getTime());
}

async function forget({ sandboxId }: Server, ledger: Ledger, made: Made[]): Promise<void> {
  const now = new Date(Date.UTC(2023, 5));
  const deletions = made.map(({ type, id }) => ({ resourceType: type, id }));
  await inTransaction(() => deleteResources({ sandboxId, permission: everyone, now }, deletions));
  for (const { type, id } of made) ledger.delete(`${type}/${id}`, now.getTime());
}

/** Every version that the database holds of a sandbox, as `name@number`, with its compartments. */
export async function storedIn({ server: { sandboxId } }: Hospital): Promise<string[]> {
  const rows = await query<{ line: string }>(
    sql`SELECT concat_ws(' ', resource_type || '/' || id || '@' || version_id, deleted, current,
        (SELECT string_agg(p, ',' ORDER BY p) FROM unnest(patients) p)) AS line FROM (
      SELECT resource_type, id, version_id, deleted, patients, true AS current FROM resource WHERE sandbox_id = ${sandboxId}::int
      UNION ALL
      SELECT resource_type, id, version_id, deleted, patients, false FROM resource_version WHERE sandbox_id = ${sandboxId}::int
    ) AS versions`,
  );
  return rows.map(({ line }) => line).toSorted();
}

/** When something was last written there. */
export async function writtenAt({ server: { sandboxId } }: Hospital): Promise<number> {
  const [row] = await query<{ at: Date }>(
    sql`SELECT max(last_updated) AS at FROM resource WHERE sandbox_id = ${sandboxId}::int`,
  );
  return row?.at.getTime() ?? 0;
}

/** Every version in the ledger, in the form of `storedIn`. */
export function expectedIn({ ledger, server: { sandboxId } }: Hospital): string[] {
  const lines = ledger.everyVersion().map((version) => {
    const patients = [...new Set(version.patients)].map((id) => `${sandboxId}/${id}`).toSorted();
    const flags = [version.deleted, ledger.isCurrent(version)].map((flag) => (flag ? 't' : 'f'));
    return [`${version.name}@${version.number}`, ...flags, ...(patients.length > 0 ? [patients.join(',')] : [])].join(
      ' ',
    );
  });
  return lines.toSorted();
}
