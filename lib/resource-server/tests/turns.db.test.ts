import type { Resource } from 'fhir/r4';
import { beforeAll, expect, it } from 'vitest';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

beforeAll(async () => {
  here = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
  await here.put(
    Array.from({ length: 20 }, (_, index): Resource => ({ resourceType: 'Patient', id: `p${index}` }) as Resource),
  );
});

const entries = (count: number, entry: (index: number) => object) =>
  Array.from({ length: count }, (_, at) => entry(at));
const put = (index: number) => ({
  resource: { resourceType: 'Basic', id: `b${index}`, code: { text: 'x' } },
  request: { method: 'PUT', url: `Basic/b${index}` },
});

it.each<[what: string, type: 'batch' | 'transaction', entry: object[]]>([
  ['a batch of searches', 'batch', entries(100, () => ({ request: { method: 'GET', url: 'Patient?name=a' } }))],
  ['a batch of writes', 'batch', entries(60, put)],
  ['a transaction', 'transaction', entries(1000, put)],
])('%s lets other requests have their turn', async (_, type, entry) => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  const answer = await here.send('POST', '', 'clinician', { resourceType: 'Bundle', type, entry });
  clearInterval(timer);
  expect(answer.status).toBe(200);
  expect(turns).toBeGreaterThan(5);
});
