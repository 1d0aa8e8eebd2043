/** Requests of the EHR's own pages whose sandbox is deleted, and cleared away, between their beginning and their work. */
import { beforeEach, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { lateBody } from '#lib/data/tests/late-body.ts';
import { env } from '#lib/env.ts';
import { POST as importJob } from '../admin/import/job/route.ts';
import { POST as importPart } from '../admin/import/part/route.ts';
import { POST as startEncounter } from '../cds/encounters/route.ts';
import { POST as fireHook } from '../cds/hooks/route.ts';
import { POST as signOrder } from '../cds/orders/route.ts';
import { POST as launch } from '../launch/route.ts';
import { forgetCookies, signInAs } from './action-request.ts';
import { type Holdings, makeHoldings } from './holdings.ts';

type Route = (request: Request, context: { params: Promise<{ sandbox: string }> }) => Promise<Response>;

beforeEach(() => forgetCookies());

const patient = JSON.stringify({ resourceType: 'Patient', id: 'late', name: [{ family: 'Late' }] });
const draft = {
  resourceType: 'MedicationRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/baby' },
  medicationCodeableConcept: { text: 'One' },
};

it.each<[name: string, route: Route, body: (held: Holdings) => string, query?: (job: string) => string]>([
  ['a launch', launch as Route, ({ clientId }) => `client_id=${clientId}`],
  ['the begin of an import', importJob, () => '{"files":1,"bytes":9}'],
  [
    'a part of an import',
    importPart,
    () => patient,
    (job) => `?job=${job}&file=a.json&lines=false&firstLine=1&bytes=9&last=true`,
  ],
  ['an encounter', startEncounter, () => '{"patient":"baby"}'],
  ['an order', signOrder, () => JSON.stringify({ patient: 'baby', draft })],
  ['a hook', fireHook, () => '{"hook":"patient-view","patient":"baby"}'],
])('%s is answered as for a sandbox that is not there', async (_, route, body, query = () => '') => {
  const held = await makeHoldings();
  const where = { sandboxId: held.id, userId: held.users.admin };
  await database().membership.updateMany({ where, data: { fhirUser: 'Practitioner/ada' } });
  await signInAs(held.users.admin);
  const [job] = await database().importJob.findMany({ where: { sandboxId: held.id }, select: { id: true } });
  const type = route === launch ? 'application/x-www-form-urlencoded' : 'application/json';
  const request = new Request(`${env().origin}/${held.slug}/somewhere${query(job?.id ?? '')}`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': type },
    duplex: 'half',
    body: lateBody(held.id, body(held)),
  } as RequestInit);
  const answer = await route(request, { params: Promise.resolve({ sandbox: held.slug }) });
  const refused = answer.headers.get('location')?.includes('/launch/refused') ?? false;
  expect([refused || answer.status === 404, answer.status]).toEqual([true, expect.any(Number)]);
  expect(await database().sandbox.count({ where: { id: held.id } })).toBe(0);
  for (const table of ['resource', 'import_job', 'launch_context', 'audit_event']) {
    const left = await database().$queryRawUnsafe<unknown[]>(`SELECT 1 FROM ${table} WHERE sandbox_id = ${held.id}`);
    expect([table, left]).toEqual([table, []]);
  }
});
