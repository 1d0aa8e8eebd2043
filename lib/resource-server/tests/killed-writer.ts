/**
 * A process of its own that writes to the database its environment names, run by `killed.db.test.ts`: it prints what is
 * stored, sends a large transaction, and prints what is stored then. It is killed before the statement of the transaction
 * that has in it what its argument says.
 */
import type { Resource } from 'fhir/r4';
import { connection, database, disconnect } from '#lib/data/database/database.ts';
import { applyMigrations } from '#lib/data/database/migrations.ts';
import { fhirServer } from './fhir-server.ts';
import { listenToTransactions } from './statements.ts';

const [killedBefore = 'never'] = process.argv.slice(2);

/** What is there before; the transaction changes it. */
const kept: Resource[] = [
  { resourceType: 'Patient', id: 'updated' },
  { resourceType: 'Patient', id: 'deleted' },
];

function entries(): object[] {
  const created = Array.from({ length: 300 }, (_, index) => ({
    resource: { resourceType: 'Patient', name: [{ family: `Family ${index}` }], birthDate: '1980-02-03' },
    request: { method: 'POST', url: 'Patient' },
  }));
  const updated = { resourceType: 'Patient', id: 'updated', active: true };
  return [
    ...created,
    { resource: updated, request: { method: 'PUT', url: 'Patient/updated' } },
    { request: { method: 'DELETE', url: 'Patient/deleted' } },
  ];
}

async function stored(): Promise<Record<string, number>> {
  return {
    resources: await database().resource.count(),
    deleted: await database().resource.count({ where: { deleted: true } }),
    versions: await database().resourceVersion.count(),
    strings: await database().stringIndex.count(),
  };
}

let armed = false;
listenToTransactions((statement) => {
  if (armed && statement.includes(killedBefore)) process.kill(process.pid, 'SIGKILL');
});

await applyMigrations(connection().adapter);
const before = await stored();
const { send, put } = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
await put(kept);
armed = true;
const answer = await send('POST', '', 'clinician', { resourceType: 'Bundle', type: 'transaction', entry: entries() });
const { status } = answer;
process.stdout.write(JSON.stringify({ status, before, after: await stored() }));
await disconnect();
