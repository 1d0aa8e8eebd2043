import type { BundleEntry, Patient } from 'fhir/r4';
import { beforeAll, expect, inject, it } from 'vitest';
import { fhirServer } from './fhir-server.ts';
import { listenToTransactions } from './statements.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;
/** Called with statements that lock resources; undefined before anything listens. */
let locking: string[] | undefined;
let holding = 0;
const bothHold = Promise.withResolvers<void>();

/** Each transaction holds the lock of its own resource and waits until the other holds one too. */
async function meet(statement: string): Promise<void> {
  if (statement.includes('FOR UPDATE OF r')) locking?.push(statement);
  if (!locking || !statement.startsWith('INSERT INTO resource_version')) return;
  holding += 1;
  if (holding === 2) bothHold.resolve();
  await bothHold.promise;
}

beforeAll(async () => {
  listenToTransactions(meet);
  here = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
  for (const id of ['a', 'b']) {
    const answer = await here.send('PUT', `/Patient/${id}`, 'clinician', { resourceType: 'Patient', id });
    expect(answer.status, await answer.text()).toBe(201);
  }
});

const replacing = (gone: string, id: string): BundleEntry<Patient>[] => [
  { request: { method: 'DELETE', url: `Patient/${gone}` } },
  { resource: { resourceType: 'Patient', id, active: true }, request: { method: 'PUT', url: `Patient/${id}` } },
];

// The embedded database runs one transaction after another.
it.skipIf(inject('database').kind === 'pglite')('two transactions that wait for each other are both done', async () => {
  locking = [];
  const bundles = [replacing('a', 'b'), replacing('b', 'a')];
  const answers = await Promise.all(
    bundles.map((entry) => here.send('POST', '', 'clinician', { resourceType: 'Bundle', type: 'transaction', entry })),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  // Two for each, and two more for the one that the database aborted.
  expect(locking).toHaveLength(6);
  locking = undefined;
  const states = await Promise.all(['a', 'b'].map((id) => here.send('GET', `/Patient/${id}`, 'clinician')));
  expect(states.map(({ status }) => status).sort()).toEqual([200, 410]);
});
