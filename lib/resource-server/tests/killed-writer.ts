/**
 * A separate process, run by `killed.db.test.ts`, that writes to the database named by its environment. It prints what
 * is stored, sends a large transaction, and prints what is stored then. It is killed before it sends the statement that
 * contains the text of its argument.
 */
import type { Resource } from 'fhir/r4';
import { database, disconnect } from '#lib/data/database/database.ts';
import { fhirServer } from './fhir-server.ts';
import { listenToTransactions } from './statements.ts';

const [killedBefore = 'never'] = process.argv.slice(2);

/** The resources that exist before the transaction and are changed by it. */
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

const before = await stored();
const { send, put } = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
await put(kept);
armed = true;
const answer = await send('POST', '', 'clinician', { resourceType: 'Bundle', type: 'transaction', entry: entries() });
const { status } = answer;
process.stdout.write(JSON.stringify({ status, before, after: await stored() }));
await disconnect();
