import type { Bundle, Patient, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { bearersFor, fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

const emma: Patient & { id: string } = {
  resourceType: 'Patient',
  id: 'E',
  identifier: [{ system: 'http://hospital.example/mrn', value: '1' }],
  active: true,
  name: [{ family: 'Larsson' }],
};

beforeAll(async () => {
  here = await fhirServer({
    ...bearersFor('E'),
    never: { scope: 'patient/*.cruds', role: 'patient', patient: 'never', fhirUser: 'Patient/never' },
    both: { scope: 'patient/*.cruds user/Patient.cruds', patient: 'E' },
  });
  await here.put([emma, { resourceType: 'Patient', id: 'gone' }, { resourceType: 'Patient', id: 'other' }]);
  await here.send('DELETE', '/Patient/gone', 'clinician');
  // What was granted about a Patient ends with it: this was granted afterwards.
  await here.issueToken('gone', { scope: 'patient/*.cruds', patient: 'gone' });
});

const json = { 'content-type': 'application/json-patch+json' };
const patchOf = (element: string, value: unknown) => [{ op: 'add', path: `/${element}`, value }];

const ways: Record<string, (token: string, element: string, value: unknown) => Promise<number>> = {
  update: async (token, element, value) =>
    (await here.send('PUT', '/Patient/E', token, { ...emma, [element]: value })).status,
  'conditional update': async (token, element, value) =>
    (await here.send('PUT', '/Patient?_id=E', token, { ...emma, [element]: value })).status,
  patch: async (token, element, value) =>
    (await here.send('PATCH', '/Patient/E', token, patchOf(element, value), json)).status,
  'conditional patch': async (token, element, value) =>
    (await here.send('PATCH', '/Patient?_id=E', token, patchOf(element, value), json)).status,
  batch: async (token, element, value) => {
    const answered = (await (await bundled('batch', token, { ...emma, [element]: value })).json()) as Bundle;
    return Number(answered.entry?.[0]?.response?.status);
  },
  transaction: async (token, element, value) =>
    (await bundled('transaction', token, { ...emma, [element]: value })).status,
};

function bundled(type: string, token: string, resource: object): Promise<Response> {
  const entry = [{ resource, request: { method: 'PUT', url: 'Patient/E' } }];
  return here.send('POST', '', token, { resourceType: 'Bundle', type, entry });
}

describe.each(['emma', 'own-record'])('as %s', (token) => {
  it.each(Object.keys(ways))('an %s changes nothing that the hospital assigns', async (way) => {
    const status = (element: string, value: unknown) => ways[way]?.(token, element, value);
    for (const [element, value] of Object.entries({
      identifier: [...(emma.identifier ?? []), { system: 'http://hospital.example/mrn', value: '2' }],
      active: false,
      managingOrganization: { reference: 'Organization/x' },
      link: [{ other: { reference: 'Patient/E' }, type: 'seealso' }],
      _active: { extension: [{ url: 'http://example.org/x', valueCode: 'x' }] },
    })) {
      expect([element, await status(element, value)]).toEqual([element, 403]);
    }
    const name = [{ family: `${way} ${token}` }];
    expect(await status('name', name)).toBe(200);
    const stored = (await (await here.send('GET', '/Patient/E', 'clinician')).json()) as Patient;
    expect(stored).toMatchObject({ ...emma, name });
    expect([stored.link, stored.managingOrganization]).toEqual([undefined, undefined]);
  });

  it('the refusal names the element', async () => {
    const response = await here.send('PUT', '/Patient/E', token, { ...emma, active: false });
    expect(await response.text()).toContain('changes active, which is for the hospital to assign');
  });

  it('a Patient is neither created nor deleted', async () => {
    expect((await here.send('DELETE', '/Patient/E', token)).status).toBe(404);
    expect((await here.send('DELETE', '/Patient?_id=E', token)).status).toBe(404);
    expect((await here.send('POST', '/Patient', token, { resourceType: 'Patient' })).status).toBe(403);
    const link = [{ target: { reference: 'Patient/E' } }];
    expect((await here.send('POST', '/Person', token, { resourceType: 'Person', link })).status).toBe(403);
  });

  it('a Person of theirs is neither changed so nor deleted', async () => {
    const link = [{ target: { reference: 'Patient/E' } }];
    const person = { resourceType: 'Person', id: `p-${token}`, link };
    await here.put([person as Resource]);
    const update = (more: object) => here.send('PUT', `/Person/${person.id}`, token, { ...person, ...more });
    expect((await update({ name: [{ family: 'x' }] })).status).toBe(200);
    expect((await update({ identifier: [{ value: '1' }] })).status).toBe(403);
    expect((await update({ link: [...link, ...link] })).status).toBe(403);
    expect((await here.send('DELETE', `/Person/${person.id}`, token)).status).toBe(404);
  });
});

it.each(['gone', 'never'])('the Patient of a record that is not there is not made by its own reach: %s', async (id) => {
  const response = await here.send('PUT', `/Patient/${id}`, id, { resourceType: 'Patient', id });
  expect(response.status).toBe(404);
});

it('a scope that is confined to no patient frees its bearer', async () => {
  const update = await here.send('PUT', '/Patient/E', 'both', { ...emma, active: false });
  expect(update.status).toBe(200);
  expect((await here.send('POST', '/Patient', 'both', { resourceType: 'Patient' })).status).toBe(201);
  expect((await here.send('DELETE', '/Patient/other', 'both')).status).toBe(204);
});
