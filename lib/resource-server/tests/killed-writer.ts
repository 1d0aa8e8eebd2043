/**
 * A process of its own that writes to the database its environment names, run by `killed.db.test.ts`:
 * `prepare` stores what is there before, `write <statement>` sends a large transaction and is killed before the statement
 * that begins so, `count` prints what is stored.
 */
import type { Resource } from 'fhir/r4';
import { connection, database, disconnect } from '#lib/data/database.ts';
import { applyMigrations } from '#lib/data/migrations.ts';
import { fhirServer } from './fhir-server.ts';
import { listenToTransactions } from './statements.ts';

const [step, killedBefore = 'never'] = process.argv.slice(2);

/** What is there before; a transaction changes it. */
const kept: Resource[] = [
  { resourceType: 'Patient', id: 'updated' },
  { resourceType: 'Patient', id: 'deleted' },
];

async function prepare(): Promise<void> {
  await applyMigrations(connection().adapter);
  const { put } = await fhirServer({});
  await put(kept);
}

async function write(): Promise<void> {
  const { send, put } = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
  await put(kept);
  const created = Array.from({ length: 300 }, (_, index) => ({
    resource: { resourceType: 'Patient', name: [{ family: `Family ${index}` }], birthDate: '1980-02-03' },
    request: { method: 'POST', url: 'Patient' },
  }));
  const entry = [
    ...created,
    {
      resource: { resourceType: 'Patient', id: 'updated', active: true },
      request: { method: 'PUT', url: 'Patient/updated' },
    },
    { request: { method: 'DELETE', url: 'Patient/deleted' } },
  ];
  armed = true;
  await send('POST', '', 'clinician', { resourceType: 'Bundle', type: 'transaction', entry });
}

let armed = false;

async function count(): Promise<void> {
  const stored = {
    resources: await database().resource.count(),
    deleted: await database().resource.count({ where: { deleted: true } }),
    versions: await database().resourceVersion.count(),
    strings: await database().stringIndex.count(),
  };
  process.stdout.write(JSON.stringify(stored));
}

listenToTransactions((statement) => {
  if (armed && statement.startsWith(killedBefore)) process.kill(process.pid, 'SIGKILL');
});
await ({ prepare, write, count }[step ?? ''] ?? count)();
await disconnect();
