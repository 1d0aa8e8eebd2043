/** Every entry of the FHIR server and its launch service that takes an id, asked for what is another's and what is not there. */
import type { Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerLaunchService } from '../launch-service/answer-launch-service.ts';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;
/** Ids of the same length: of what is in the record of another patient, and of nothing. */
const [theirs, nowhere] = ['theirs', 'nobody'];

const refer = (reference: string) => ({ reference });
const encounter = (id: string, patient: string) => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  subject: refer(`Patient/${patient}`),
});
const observation = (id: string | undefined, patient: string, more: object = {}) => ({
  resourceType: 'Observation',
  ...(id === undefined ? {} : { id }),
  status: 'final',
  code: { text: 'x' },
  subject: refer(`Patient/${patient}`),
  ...more,
});
const appointment = (actor: string) => ({
  resourceType: 'Appointment',
  status: 'proposed',
  participant: ['Patient/own', actor].map((name) => ({ actor: refer(name), status: 'accepted' })),
});

/** Callers whose reach ends somewhere, by how. */
const callers = {
  launched: { scope: 'patient/*.cruds', patient: 'own' },
  patient: { scope: 'user/*.rs patient/*.cruds', role: 'patient' as const, patient: 'own', fhirUser: 'Patient/own' },
  narrow: { scope: 'user/*.cruds?_tag=mine user/Observation.cruds?_tag=mine user/Encounter.rs?_tag=mine' },
};

beforeAll(async () => {
  here = await fhirServer({ ...callers, clinician: { scope: 'user/*.cruds' } });
  const stored = [
    { resourceType: 'Patient', id: 'own' },
    { resourceType: 'Patient', id: theirs },
    encounter('own', 'own'),
    encounter(theirs, theirs),
    observation('own', 'own'),
    observation(theirs, theirs, { encounter: refer(`Encounter/${theirs}`) }),
    observation('gone', theirs),
    { resourceType: 'Location', id: theirs },
    {
      resourceType: 'Group',
      id: theirs,
      type: 'person',
      actual: true,
      member: [{ entity: refer('Patient/own') }, { entity: refer(`Patient/${theirs}`) }],
    },
  ];
  await here.put(stored as unknown as Resource[]);
  await here.send('DELETE', '/Observation/gone', 'clinician');
});

type Entry = (id: string, caller: string) => Promise<Response>;

const get =
  (path: (id: string) => string, headers: Record<string, string> = {}): Entry =>
  (id, caller) =>
    here.send('GET', path(id), caller, undefined, headers);
const write =
  (
    method: string,
    path: (id: string) => string,
    body: (id: string) => unknown,
    headers: Record<string, string> = {},
  ): Entry =>
  (id, caller) =>
    here.send(method, path(id), caller, body(id), headers);
const bundle =
  (type: string, method: string, resource?: (id: string) => unknown): Entry =>
  (id, caller) => {
    const url = method === 'POST' ? 'Observation' : `Observation/${id}`;
    const entry = [{ resource: resource?.(id), request: { method, url } }];
    return here.send('POST', '', caller, { resourceType: 'Bundle', type, entry });
  };
const launch =
  (parameters: (id: string) => object): Entry =>
  (id, caller) =>
    service('POST', '', caller, JSON.stringify({ client_id: 'app', parameters: parameters(id) }));

function service(method: string, path: string, caller: string, body: string | null = null): Promise<Response> {
  const headers = { authorization: `Bearer ${here.slug}-${caller}`, 'content-type': 'application/json' };
  return answerLaunchService(
    new Request(`${here.base}/_services/smart/Launch${path}`, { method, headers, body }),
    here.slug,
  );
}

const patch = [{ op: 'add', path: '/note', value: [{ text: 'y' }] }];
const json = { 'content-type': 'application/json-patch+json' };

const entries: Record<string, Entry> = {
  'a read of a Patient': get((id) => `/Patient/${id}`),
  'a read': get((id) => `/Observation/${id}`),
  'a read of a Group': get((id) => `/Group/${id}`),
  'a conditional read': get((id) => `/Observation/${id}`, { 'if-none-match': 'W/"1"' }),
  'a read of parts': get((id) => `/Observation/${id}?_elements=code`),
  'a version': get((id) => `/Observation/${id}/_history/1`),
  'a history': get((id) => `/Observation/${id}/_history`),
  'a search by id': get((id) => `/Observation?_id=${id}`),
  'a search by patient': get((id) => `/Observation?subject=Patient/${id}`),
  'a search by encounter': get((id) => `/Observation?encounter=Encounter/${id}`),
  'a chain': get((id) => `/Observation?encounter:Encounter._id=${id}`),
  'a reverse chain': get((id) => `/Patient?_has:Observation:subject:_id=${id}`),
  'an inclusion': get((id) => `/Patient?_id=${id}&_revinclude=Observation:subject`),
  'a compartment': get((id) => `/Patient/${id}/Observation`),
  'a whole compartment': get((id) => `/Patient/${id}/*`),
  everything: get((id) => `/Patient/${id}/$everything`),
  'a validation of what is stored': get((id) => `/Observation/${id}/$validate`),
  'a validation of a deletion': get((id) => `/Observation/${id}/$validate?mode=delete`),
  'a validation of an update': write(
    'POST',
    (id) => `/Observation/${id}/$validate`,
    (id) => observation(id, 'own'),
  ),
  'an update with what is theirs': write(
    'PUT',
    (id) => `/Observation/${id}`,
    (id) => observation(id, theirs),
  ),
  'an update that expects a version': write(
    'PUT',
    (id) => `/Observation/${id}`,
    (id) => observation(id, 'own'),
    {
      'if-match': 'W/"1"',
    },
  ),
  'an update by a condition': write(
    'PUT',
    (id) => `/Observation?_id=${id}`,
    () => observation(undefined, theirs),
  ),
  'a patch': write(
    'PATCH',
    (id) => `/Observation/${id}`,
    () => patch,
    json,
  ),
  'a patch by a condition': write(
    'PATCH',
    (id) => `/Observation?_id=${id}`,
    () => patch,
    json,
  ),
  'a deletion': (id, caller) => here.send('DELETE', `/Observation/${id}`, caller),
  'a deletion by a condition': (id, caller) => here.send('DELETE', `/Observation?_id=${id}`, caller),
  'a deletion of a Patient': (id, caller) => here.send('DELETE', `/Patient/${id}`, caller),
  'a create for another': write(
    'POST',
    () => '/Observation',
    (id) => observation(undefined, id),
  ),
  'a create that others take part in': write(
    'POST',
    () => '/Appointment',
    (id) => appointment(`Patient/${id}`),
  ),
  'a create that refers': write(
    'POST',
    () => '/Observation',
    (id) => observation(undefined, 'own', { hasMember: [refer(`Observation/${id}`)] }),
  ),
  'a create in an encounter': write(
    'POST',
    () => '/Observation',
    (id) => observation(undefined, 'own', { encounter: refer(`Encounter/${id}`) }),
  ),
  'an update that refers': write(
    'PUT',
    () => '/Observation/own',
    (id) => observation('own', 'own', { focus: [refer(`Group/${id}`)] }),
  ),
  'a read in a batch': bundle('batch', 'GET'),
  'a deletion in a batch': bundle('batch', 'DELETE'),
  'a create in a batch': bundle('batch', 'POST', (id) => observation(undefined, id)),
  'a read in a transaction': bundle('transaction', 'GET'),
  'a deletion in a transaction': bundle('transaction', 'DELETE'),
  'a create in a transaction': bundle('transaction', 'POST', (id) => observation(undefined, id)),
  'a launch for a patient': launch((id) => ({ patient: id })),
  'a launch in an encounter': launch((id) => ({ patient: 'own', encounter: id })),
  'a launch with fhirContext': launch((id) => ({ patient: 'own', fhirContext: [{ reference: `Observation/${id}` }] })),
  'a launch with fhirContext in old form': launch((id) => ({ patient: 'own', fhirContext: [`Observation/${id}`] })),
  'a launch with a resource': launch((id) => ({ patient: 'own', resource: `Observation/${id}` })),
  'a launch at a resource by its address': launch((id) => ({ resource: `${here.base}/Observation/${id}` })),
};

/** What a client sees of an answer, but for the id that it sent and what differs between any two answers. */
async function seen(response: Response, id: string) {
  const text = (await response.text())
    .replaceAll(id, 'it')
    .replaceAll(/"launch_id":"[^"]*"|"(created|expires)_at":"[^"]*"/g, '');
  const body = text.replaceAll(
    /"lastUpdated":"[^"]*"|\d{4}-\d\d-\d\dT[\d:.]+Z?|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g,
    '',
  );
  const headers = [...response.headers]
    .filter(([name]) => !['date', 'last-modified'].includes(name))
    .map(([name, value]) => [name, value.replaceAll(id, 'it')]);
  return { status: response.status, headers, body };
}

describe.each(Object.keys(callers))('to %s', (caller) => {
  it.each(Object.keys(entries))('%s tells nobody what is there', async (entry) => {
    const ask = async (id: string) => {
      const response = await entries[entry]?.(id, caller);
      if (!response) throw new Error(entry);
      return seen(response, id);
    };
    const answer = await ask(theirs);
    expect(answer).toEqual(await ask(nowhere));
    expect(answer.status).not.toBe(500);
  });

  it('a location tells nobody what is there, unless the token reads them all', async () => {
    const ask = async (id: string) =>
      seen(await service('POST', '', caller, JSON.stringify({ client_id: 'app', parameters: { location: id } })), id);
    expect(await ask(theirs)).toEqual(await ask(nowhere));
  });

  it('a launch of another client is like none', async () => {
    const response = await service('POST', '', 'clinician', JSON.stringify({ client_id: 'app', parameters: {} }));
    const { launch_id: launchId } = await response.json();
    for (const method of ['GET', 'DELETE']) {
      const [own, none] = [`/${launchId}`, `/${'x'.repeat(launchId.length)}`];
      expect(await seen(await service(method, own, caller), launchId)).toEqual(
        await seen(await service(method, none, caller), none.slice(1)),
      );
    }
  });
});
