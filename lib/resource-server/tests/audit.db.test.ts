import type { AuditEvent, Bundle } from 'fhir/r4';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { recordPage } from '#lib/audit/record-page.ts';
import { eventsOf as eventsIn } from '#lib/audit/tests/events.ts';
import { writeAuditRecords } from '#lib/data/audit/events.ts';
import { auditWritten } from '#lib/data/audit/queue.ts';
import { validateResource } from '#lib/fhir/validation/validation.ts';
import { calledFrom } from '#lib/http/caller/caller-address.ts';
import { fhirServer } from './fhir-server.ts';

vi.mock('#lib/data/audit/events.ts', { spy: true });

type AuditEvents = typeof import('#lib/data/audit/events.ts');
type Server = Awaited<ReturnType<typeof fhirServer>>;

const person = (id: string) => ({ resourceType: 'Patient' as const, id, name: [{ family: 'Berg' }] });
const measured = (id: string, patient: string) => ({
  resourceType: 'Observation' as const,
  id,
  status: 'final' as const,
  code: { text: 'Weight' },
  subject: { reference: `Patient/${patient}` },
});

let server: Server;
let other: Server;

beforeAll(async () => {
  server = await fhirServer({
    admin: { role: 'admin', scope: 'user/*.cruds', fhirUser: 'Practitioner/root' },
    reader: { role: 'admin', scope: 'user/AuditEvent.r' },
    narrow: { role: 'admin', scope: 'user/AuditEvent.rs?action=R user/Patient.rs' },
    atPatient: { role: 'admin', scope: 'patient/*.cruds launch/patient', patient: 'p1' },
    clinician: { scope: 'user/*.cruds', fhirUser: 'Practitioner/chen' },
    patient: { role: 'patient', scope: 'patient/*.rs user/*.rs', patient: 'p1', fhirUser: 'Patient/p1' },
    observer: { scope: 'user/Observation.rs' },
  });
  other = await fhirServer({ admin: { role: 'admin', scope: 'user/*.cruds' } });
  await server.put([person('p1'), person('p2'), measured('o1', 'p1'), measured('o2', 'p2')]);
});

/** The events that requests have left behind, the oldest first. */
const eventsOf = (...requests: (() => Promise<Response>)[]) => eventsIn(server.sandboxId, ...requests);

const bundle = (type: string, ...entry: unknown[]) => ({ resourceType: 'Bundle', type, entry });
const get = (url: string) => ({ request: { method: 'GET', url } });

describe('each request leaves one event', () => {
  it.each([
    ['GET', '/Patient/p1', undefined, { interaction: 'read', action: 'R', patients: ['p1'], entities: ['Patient/p1'] }],
    ['HEAD', '/Patient/p1', undefined, { interaction: 'read', method: 'HEAD', patients: ['p1'] }],
    ['GET', '/Observation/o1/_history/1', undefined, { interaction: 'vread', action: 'R', patients: ['p1'] }],
    ['GET', '/Observation/_history', undefined, { interaction: 'history-type', patients: ['p1', 'p2'] }],
    ['GET', '/Observation/o2/_history', undefined, { interaction: 'history-instance', patients: ['p2'] }],
    ['GET', '/_history', undefined, { interaction: 'history-system', patients: ['p1', 'p2'] }],
    [
      'GET',
      '/Observation?_id=o1&_include=Observation:subject',
      undefined,
      { interaction: 'search-type', action: 'E', patients: ['p1'], entities: ['Observation/o1', 'Patient/p1'] },
    ],
    ['GET', '/?_type=Patient', undefined, { interaction: 'search-system', patients: ['p1', 'p2'] }],
    ['GET', '/Patient/p2/Observation', undefined, { interaction: 'search-type', patients: ['p2'] }],
    ['GET', '/Patient/p2/$everything', undefined, { interaction: 'operation', patients: ['p2'] }],
    ['GET', '/Patient/p2/$validate', undefined, { interaction: 'operation', action: 'E', patients: ['p2'] }],
    [
      'POST',
      '/Observation/$validate',
      measured('v', 'p1'),
      { interaction: 'operation', path: 'Observation/$validate' },
    ],
    ['GET', '/%6Detadata', undefined, { interaction: 'capabilities', outcome: 4, status: 405 }],
    ['PUT', '/Observation/w1', measured('w1', 'p1'), { interaction: 'update', action: 'U', patients: ['p1'] }],
    [
      'PUT',
      '/Observation/w1',
      measured('w1', 'p2'),
      { interaction: 'update', patients: ['p1', 'p2'], entities: ['Observation/w1'] },
    ],
    [
      'POST',
      '/Observation',
      measured('x', 'p2'),
      { interaction: 'create', action: 'C', status: 201, patients: ['p2'] },
    ],
    ['DELETE', '/Observation/w1', undefined, { interaction: 'delete', action: 'D', patients: ['p2'] }],
    ['GET', '/Patient/none', undefined, { interaction: 'read', outcome: 4, status: 404, patients: ['none'] }],
    ['GET', '/Nonsense/1', undefined, { interaction: 'read', outcome: 4, status: 404, patients: [] }],
    ['GET', '/Observation?patient=p9', undefined, { interaction: 'search-type', outcome: 0, patients: ['p9'] }],
    ['GET', '/Observation?date=x', undefined, { interaction: 'search-type', outcome: 4, status: 400 }],
    [
      'POST',
      '',
      bundle('batch', get('Patient/p1'), get('Observation/o2'), get('Patient/guess')),
      { interaction: 'batch', action: 'E', status: 200, outcome: 4, patients: ['guess', 'p1', 'p2'] },
    ],
    [
      'POST',
      '',
      bundle('transaction', {
        request: { method: 'PUT', url: 'Observation/t1' },
        resource: measured('t1', 'p1'),
      }),
      { interaction: 'transaction', outcome: 0, patients: ['p1'], entities: ['Observation/t1'] },
    ],
  ])('%s %s', async (method, path, body, expected) => {
    const events = await eventsOf(() => server.send(method, path, 'clinician', body));
    expect(events).toMatchObject([expected]);
    expect(events[0]).toMatchObject({
      clientId: 'app',
      username: `${server.slug}-clinician`,
      fhirUser: 'Practitioner/chen',
      grantId: `grant-${server.slug}-clinician`,
    });
  });

  it('and one that was refused for its scope too, by the name of what it wanted', async () => {
    const events = await eventsOf(() => server.send('GET', '/Patient/p1', 'observer'));
    expect(events).toMatchObject([{ status: 403, outcome: 4, patients: ['p1'], entities: ['Patient/p1'] }]);
  });

  it('and a search by POST with its form, without secrets', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const path = '/Patient/_search?access_token=secret';
    const events = await eventsOf(() => server.send('POST', path, 'clinician', 'family=berg', form));
    expect(events).toMatchObject([{ query: 'access_token=***&family=berg', patients: ['p1', 'p2'] }]);
  });

  it('but none without a token that is known here', async () => {
    expect(await eventsOf(() => server.send('GET', '/Patient/p1', 'nobody'))).toEqual([]);
    expect(await eventsOf(() => server.send('GET', '/metadata', 'clinician'))).toEqual([]);
  });
});

it('no answer waits for a writer that is held up, and nothing is lost', async () => {
  await auditWritten();
  const written = Promise.withResolvers<void>();
  const held = vi.mocked(writeAuditRecords);
  const { writeAuditRecords: real } = await vi.importActual<AuditEvents>('#lib/data/audit/events.ts');
  held.mockClear();
  held.mockImplementationOnce(async (records) => {
    await written.promise;
    await real(records);
  });
  const events = eventsOf(async () => {
    const first = await server.send('GET', '/Patient/p1', 'clinician');
    await vi.waitFor(() => expect(held).toHaveBeenCalledTimes(1), { timeout: 10_000 });
    for (let request = 0; request < 3; request += 1) await server.send('GET', '/Patient/p2', 'clinician');
    expect(held).toHaveBeenCalledTimes(1);
    written.resolve();
    return first;
  });
  expect((await events).map(({ patients }) => patients)).toEqual([['p1'], ['p2'], ['p2'], ['p2']]);
});

/** The events that an administrator's search finds. */
async function search(query: string, token = 'admin', from = server) {
  await auditWritten();
  const answer = await from.send('GET', `/AuditEvent?${query}`, token);
  return { status: answer.status, body: (await answer.json()) as Bundle<AuditEvent> };
}

describe('administrators', () => {
  it('find who read a patient, as valid AuditEvents', async () => {
    await eventsOf(
      () => server.send('GET', '/Patient/p1', 'clinician'),
      () => server.send('GET', '/Observation/o2', 'clinician'),
      () => server.send('GET', '/Patient/p1', 'observer'),
    );
    const { body } = await search('patient=Patient/p1&_sort=date');
    const events = (body.entry ?? []).flatMap(({ resource }) => resource ?? []);
    expect(events.map(({ outcome, agent }) => [outcome, agent[1]?.altId])).toEqual([
      ['0', `${server.slug}-clinician`],
      ['4', `${server.slug}-observer`],
    ]);
    for (const event of events) expect(validateResource(event)).toEqual([]);
    const read = await server.send('GET', `/AuditEvent/${events[0]?.id}`, 'reader');
    expect(await read.json()).toEqual(events[0]);
  });

  it.each([
    ['patient=p1', 2],
    ['patient=p2', 1],
    ['entity=Observation/o2', 1],
    ['entity=Patient/p1', 2],
    ['entity=o2', 1],
    ['agent=Practitioner/chen', 2],
    ['agent=Practitioner/nobody', 0],
    ['agent-name=APP', 3],
    ['agent-name:contains=observer', 1],
    ['agent-name:exact=app', 3],
    ['address=192.0.2.', 3],
    ['address:exact=192.0.2.8', 3],
    ['address:exact=192.0.2.', 0],
    ['altid=app', 3],
    ['altid=ap', 0],
    ['action=R', 3],
    ['action=C', 0],
    ['action:not=R', 0],
    ['outcome=4', 1],
    ['outcome=http://hl7.org/fhir/audit-event-outcome|0', 2],
    ['outcome=http://elsewhere|0', 0],
    ['type=rest', 3],
    ['type=110110', 0],
    ['subtype=read', 3],
    ['subtype=http://hl7.org/fhir/restful-interaction|read', 3],
    ['subtype=vread,read', 3],
    ['subtype=|read', 0],
    ['subtype=http://hl7.org/fhir/restful-interaction|', 3],
    ['subtype=http://dicom.nema.org/resources/ontology/DCM|', 0],
    ['subtype:not=read', 0],
    ['date=ge2020-01-01', 3],
    ['date=lt2020-01-01', 0],
    ['_lastUpdated=gt2020', 3],
    ['_id=no-such', 0],
    ["patient=p1&agent-name='; DROP TABLE audit_event", 0],
  ])('search by %s', async (query, found) => {
    await calledFrom('192.0.2.8', () =>
      eventsOf(
        () => server.send('GET', '/Patient/p1', 'clinician'),
        () => server.send('GET', '/Observation/o2', 'clinician'),
        () => server.send('GET', '/Patient/p1', 'observer'),
      ),
    );
    expect((await search(`${query}&_total=accurate`)).body.total).toBe(found);
  });

  it.each([
    ['type=http://dicom.nema.org/resources/ontology/DCM|110110', ['chart']],
    ['type=110113', ['member']],
    ['type:not=rest', ['chart', 'lookup', 'member']],
    ['type=rest', ['read']],
    ['subtype=110137', ['member']],
    ['subtype=http://dicom.nema.org/resources/ontology/DCM|110137', ['member']],
    ['subtype=http://dicom.nema.org/resources/ontology/DCM|', ['member']],
    ['subtype=|chart', ['chart']],
    ['subtype=lookup,member', ['lookup', 'member']],
    ['subtype=http://hl7.org/fhir/restful-interaction|chart', []],
    ['subtype=http://hl7.org/fhir/restful-interaction|', ['read']],
    ['subtype:not=chart', ['lookup', 'member', 'read']],
  ])('distinguish our own events from requests by %s', async (query, expected) => {
    const viewer = { sandbox: { id: server.sandboxId }, user: { username: 'chen' } };
    await eventsOf(async () => {
      for (const interaction of ['chart', 'lookup', 'member']) recordPage(viewer, { interaction, path: 'x' }, 200);
      return server.send('GET', '/Patient/p1', 'clinician');
    });
    const { body } = await search(query);
    const found = (body.entry ?? []).map(({ resource }) => resource?.subtype?.[0]?.code);
    expect(found.sort()).toEqual(expected);
  });

  it.each([
    ['subtype=http://hl7.org/fhir/restful-interaction|operation', 2],
    ['subtype=operation', 2],
    ['subtype:not=operation', 1],
    ['subtype=validate', 0],
  ])('find operations that older versions recorded by another code by %s', async (query, count) => {
    const path = 'Patient/$validate';
    const viewer = { sandbox: { id: server.sandboxId }, user: { username: 'chen' } };
    await eventsOf(async () => {
      recordPage(viewer, { interaction: 'validate', path, method: 'POST' }, 200);
      await server.send('GET', '/Patient/p1', 'clinician');
      return server.send('GET', '/Patient/p1/$validate', 'clinician');
    });
    const { body } = await search(`${query}&_sort=date`);
    const found = (body.entry ?? []).flatMap(({ resource }) => resource ?? []);
    expect(found).toHaveLength(count);
    if (count !== 2) return;
    const operation = { system: 'http://hl7.org/fhir/restful-interaction', code: 'operation' };
    expect(found.map(({ subtype }) => subtype)).toEqual([[operation], [operation]]);
    const requests = found.map(({ entity = [] }) => entity.find(({ description }) => description)?.description);
    expect(requests).toEqual([`POST ${path}`, 'GET Patient/p1/$validate']);
  });

  it('go through pages with nothing twice, while more is written', async () => {
    await eventsOf(...Array.from({ length: 7 }, () => () => server.send('GET', '/Patient/p1', 'clinician')));
    const seen: string[] = [];
    let query: string | undefined = '_count=3&_total=accurate&subtype=read';
    while (query !== undefined) {
      const { body }: Awaited<ReturnType<typeof search>> = await search(query);
      seen.push(...(body.entry ?? []).map(({ resource }) => resource?.id ?? ''));
      query = body.link?.find(({ relation }) => relation === 'next')?.url.split('?')[1];
      await server.send('GET', '/Patient/p2', 'clinician');
    }
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
  });

  it.each([
    '_include=AuditEvent:patient',
    '_revinclude=Provenance:target',
    'patient.name=Berg',
    '_has:Provenance:target:agent=x',
    'policy=x',
    '_sort=action',
  ])('see that %s is not supported', async (query) => {
    const { body } = await search(query);
    expect(body.entry?.some(({ search: how }) => how?.mode === 'include')).toBe(false);
    expect(JSON.stringify(body.entry?.at(-1)?.resource)).toContain('not supported');
    const strict = await server.send('GET', `/AuditEvent?${query}`, 'admin', undefined, { prefer: 'handling=strict' });
    expect(strict.status).toBe(400);
  });

  it.each(['_cursor=x', 'date=x', 'action:missing=true', '_count=-1'])('are refused %s', async (query) => {
    expect((await search(query)).status).toBe(400);
  });

  it.each([
    ['POST', '/AuditEvent', { resourceType: 'AuditEvent' }],
    ['PUT', '/AuditEvent/1', { resourceType: 'AuditEvent', id: '1' }],
    ['DELETE', '/AuditEvent/1', undefined],
    ['DELETE', '/AuditEvent?date=gt2000', undefined],
    ['GET', '/AuditEvent/_history', undefined],
    ['GET', '/AuditEvent/1/_history', undefined],
  ])('cannot %s %s', async (method, path, body) => {
    expect((await server.send(method, path, 'admin', body)).status).toBe(405);
  });
});

describe('nobody else reads the log', () => {
  it.each(['clinician', 'patient', 'observer', 'narrow', 'atPatient'])('%s', async (token) => {
    const [event] = await eventsOf(() => server.send('GET', '/Patient/p1', 'clinician'));
    for (const path of [`/AuditEvent/${event?.id}`, '/AuditEvent', '/Patient/p1/AuditEvent', '/?_type=AuditEvent']) {
      const answer = await server.send('GET', path, token);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(await answer.text()).not.toContain(event?.id);
    }
    const batch = await server.send('POST', '', token, bundle('batch', get(`AuditEvent/${event?.id}`)));
    expect(await batch.text()).toContain('"status":"403"');
  });

  it('not with a scope to read, where it takes one to search', async () => {
    expect((await search('', 'reader')).status).toBe(403);
  });

  it('not from another sandbox', async () => {
    const [event] = await eventsOf(() => server.send('GET', '/Patient/p1', 'clinician'));
    expect((await other.send('GET', `/AuditEvent/${event?.id}`, 'admin')).status).toBe(404);
    expect((await search(`_id=${event?.id}&_total=accurate`, 'admin', other)).body.total).toBe(0);
    expect((await search('patient=p1&_total=accurate', 'admin', other)).body.total).toBe(0);
  });
});

describe('AuditEvents that came with imported data', () => {
  const imported = {
    resourceType: 'AuditEvent' as const,
    id: 'imported',
    type: { code: 'rest' },
    recorded: '2026-01-01T00:00:00Z',
    agent: [{ requestor: true, who: { reference: 'Patient/p1' } }],
    source: { observer: { display: 'Elsewhere' } },
  };
  it.each(['admin', 'clinician', 'patient'])('are shown to nobody: %s', async (token) => {
    await server.put([imported]);
    const ways = [
      '/Patient?_id=p1&_revinclude=AuditEvent:patient',
      '/Patient?_id=p1&_revinclude=*',
      '/?_count=1000',
      '/_history?_count=1000',
      '/Patient/p1/$everything',
      '/Patient/p1/*',
      '/AuditEvent?_id=imported',
      '/AuditEvent/imported',
    ];
    for (const way of ways) {
      const text = await (await server.send('GET', way, token)).text();
      expect([way, text.includes('Elsewhere')]).toEqual([way, false]);
    }
    const has = await server.send('GET', '/Patient?_has:AuditEvent:patient:type=rest', token);
    expect(((await has.json()) as Bundle).entry?.some(({ search: how }) => how?.mode === 'match') ?? false).toBe(false);
  });
});
