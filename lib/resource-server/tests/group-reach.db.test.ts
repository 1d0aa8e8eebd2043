import type { Bundle, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { bearersFor, fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

const refer = (reference: string) => ({ reference });
const group = (id: string, ...members: object[]) => ({
  resourceType: 'Group',
  id,
  type: 'person',
  actual: true,
  member: members.map((entity) => ({ entity })),
  ...(members.some((entity) => 'reference' in entity && entity.reference === '#other') ? { contained } : {}),
});
const contained = [{ resourceType: 'Patient', id: 'other', name: [{ family: 'Berg' }] }];

/** Groups with others in them, by the other member. */
const shared: Record<string, object> = {
  'with-patient': refer('Patient/B'),
  'with-practitioner': refer('Practitioner/x'),
  'with-nested': refer('Group/alone'),
  'with-absolute': refer('https://elsewhere.example/Patient/B'),
  'with-identified': { identifier: { system: 'http://hospital.example/mrn', value: '2' } },
  'with-both': { ...refer('Patient/E'), identifier: { system: 'http://hospital.example/mrn', value: '2' } },
  'with-told': { display: 'Karin Berg' },
  'with-contained': refer('#other'),
  'with-extension': { extension: [{ url: 'http://example.org/who', valueString: 'Karin Berg' }] },
  'with-urn': refer('urn:uuid:7a6b1f4e-9a2e-4a0c-9d5b-000000000001'),
};

beforeAll(async () => {
  here = await fhirServer(bearersFor('E'));
  const groups = Object.entries(shared).map(([id, other]) => group(id, refer('Patient/E'), other));
  await here.put([
    { resourceType: 'Patient', id: 'E' },
    { resourceType: 'Patient', id: 'B' },
    ...([group('alone', refer('Patient/E'), refer('Patient/E/_history/1')), ...groups] as unknown as Resource[]),
    ...Object.keys({ ...shared, alone: 0 }).map((id) => observation(id)),
  ]);
});

function observation(id: string): Resource {
  const focus = [refer(`Group/${id}`)];
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'x' },
    subject: refer('Patient/E'),
    focus,
  } as Resource;
}

async function groupsIn(path: string, token: string): Promise<string[]> {
  const response = await here.send('GET', path, token);
  const { entry = [] } = (await response.json()) as Bundle;
  return entry.flatMap(({ resource }) => (resource?.resourceType === 'Group' ? (resource.id ?? []) : []));
}

describe.each(['emma', 'own-record'])('as %s', (token) => {
  it.each([
    '/Group',
    '/Group?member=Patient/E',
    '/Group?member=Patient/B,Patient/E',
    '/Patient/E/Group',
    '/Patient/E/*',
    '/Patient/E/$everything',
    '/Patient?_id=E&_revinclude=Group:member',
    '/Observation?_include=Observation:focus',
    '/?_type=Group',
    '/Group/_history',
    '/_history',
  ])('%s finds the Group of this patient alone', async (path) => {
    expect(await groupsIn(path, token)).toEqual(['alone']);
  });

  it.each(Object.keys(shared))('a Group with another member is like none: %s', async (id) => {
    const answers = async (name: string) => {
      const body = group(name, refer('Patient/E'));
      const responses = [
        await here.send('GET', `/Group/${name}`, token),
        await here.send('GET', `/Group/${name}/_history/1`, token),
        await here.send('GET', `/Group/${name}/_history`, token),
        await here.send('DELETE', `/Group/${name}`, token),
        await here.send('PUT', `/Group/${name}`, token, body, { 'if-match': 'W/"1"' }),
      ];
      return Promise.all(responses.map(async (one) => [one.status, (await one.text()).replaceAll(name, 'it')]));
    };
    const theirs = await answers(id);
    expect(theirs.map(([status]) => status)).toEqual([404, 404, 404, 404, 412]);
    expect(theirs).toEqual(await answers('nowhere'));
    expect((await here.send('PUT', `/Group/${id}`, token, group(id, refer('Patient/E')))).status).toBe(404);
  });

  it.each(Object.keys(shared))('nobody else is put into a Group: %s', async (other) => {
    const members = [refer('Patient/E'), shared[other] ?? {}];
    const { id: _, ...fresh } = group('', ...members);
    expect((await here.send('POST', '/Group', token, fresh)).status).toBe(403);
    expect((await here.send('PUT', '/Group/alone', token, group('alone', ...members))).status).toBe(403);
  });

  it('a chain through a Group with others leads nowhere', async () => {
    const found = (await (await here.send('GET', '/Observation?focus:Group.type=person', token)).json()) as Bundle;
    expect(found.entry?.map(({ resource }) => resource?.id)).toEqual(['alone']);
    const has = (await (await here.send('GET', '/Patient?_has:Group:member:_id=with-patient', token)).json()) as Bundle;
    expect(has.entry ?? []).toEqual([]);
  });
});

it('a Group with a text that the database cannot read as JSON keeps nobody from the others', async () => {
  await here.put([group('half', { ...refer('Patient/E'), display: 'half a pair: \ud800' }) as unknown as Resource]);
  expect((await here.send('GET', '/Group/half', 'emma')).status).toBe(404);
  expect(await groupsIn('/Group', 'emma')).toEqual(['alone']);
  expect((await here.send('DELETE', '/Group/half', 'clinician')).status).toBe(204);
});

it('a Group that others have left is read, and its versions with them are not', async () => {
  await here.put([group('left', refer('Patient/E'), refer('Patient/B')) as unknown as Resource]);
  await here.put([group('left', refer('Patient/E')) as unknown as Resource]);
  const status = async (path: string) => (await here.send('GET', path, 'emma')).status;
  expect([await status('/Group/left'), await status('/Group/left/_history/1')]).toEqual([200, 404]);
});

it('a clinician sees every Group of a patient', async () => {
  expect(await groupsIn('/Patient/E/Group?_count=50', 'clinician')).toHaveLength(2 + Object.keys(shared).length);
});
