import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connection } from '#lib/data/database/database.ts';
import { query, sql } from '#lib/data/database/sql.ts';
import { forClient } from '#lib/work/waiting-client.ts';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

beforeAll(async () => {
  here = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
});
afterEach(() => vi.restoreAllMocks());

const patient = { resourceType: 'Patient', id: 'p' };
const bundle = (request: object, resource?: object) => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [{ resource, request }],
});
const stored = async () => (await query(sql`SELECT 1 FROM resource WHERE sandbox_id = ${here.sandboxId}::int`)).length;

async function requireBusy(answer: Response, issueCode: string): Promise<void> {
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await answer.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: issueCode }] });
}

it.each<[what: string, method: string, path: string, body?: object]>([
  ['a create', 'POST', '/Patient', { resourceType: 'Patient' }],
  ['an update', 'PUT', '/Patient/p', patient],
  ['a transaction', 'POST', '', bundle({ method: 'PUT', url: 'Patient/p' }, patient)],
])('%s whose client has gone writes nothing', async (_, method, path, body) => {
  const answer = await forClient(AbortSignal.abort(), () => here.send(method, path, 'clinician', body));
  await requireBusy(answer, 'transient');
  expect(await stored()).toBe(0);
});

describe('trouble of the database that passes', () => {
  it.each<[what: string, path: string]>([
    ['a read', '/Patient/p'],
    ['a search', '/Patient?name=a'],
  ])('is 503 for %s', async (_, path) => {
    const driver = vi.spyOn(connection().driver, 'send');
    driver.mockRejectedValue(Object.assign(new Error('too many connections'), { code: '53300' }));
    await requireBusy(await here.send('GET', path, 'clinician'), 'transient');
  });
});
