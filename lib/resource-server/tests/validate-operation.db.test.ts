import type { OperationOutcome } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { fhirServer } from './fhir-server.ts';

const usCorePatient = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient';
const sound = {
  resourceType: 'Patient',
  identifier: [{ system: 'http://x.example', value: '1' }],
  name: [{ family: 'Chalmers' }],
  gender: 'female',
};
const parameters = (...parameter: object[]) => ({ resourceType: 'Parameters', parameter });
const profile = (valueUri: string) => ({ name: 'profile', valueUri });
const mode = (valueCode: string) => ({ name: 'mode', valueCode });

let server: Awaited<ReturnType<typeof fhirServer>>;
beforeAll(async () => {
  server = await fhirServer({
    all: { scope: 'user/*.cruds' },
    creates: { scope: 'user/Patient.c' },
    updates: { scope: 'user/Patient.u' },
    reads: { scope: 'user/Patient.r' },
    deletes: { scope: 'user/Patient.d' },
    others: { scope: 'user/Observation.cruds' },
    own: { scope: 'patient/Patient.cruds', patient: 'mine' },
  });
  await server.put([
    { resourceType: 'Patient', id: 'mine', meta: { profile: [usCorePatient] } },
    { resourceType: 'Patient', id: 'other' },
  ] as never);
});

async function validate(method: string, path: string, body?: unknown, token = 'all') {
  const answer = await server.send(method, path, token, body);
  const { resourceType, issue } = (await answer.json()) as OperationOutcome;
  expect(resourceType).toBe('OperationOutcome');
  const lines = issue.map(({ severity, expression, diagnostics }) => `${severity} ${expression ?? ''} ${diagnostics}`);
  return { status: answer.status, lines };
}

describe('$validate', () => {
  it.each<[string, string, string, unknown, RegExp[]]>([
    ['a sound resource', 'POST', '/Patient/$validate', sound, [/^information {2}No issues/]],
    [
      'an error',
      'POST',
      '/Patient/$validate',
      { ...sound, gender: 'x' },
      [/^error Patient.gender .*"x" is not a code/],
    ],
    [
      'several errors',
      'POST',
      '/Patient/$validate',
      { ...sound, shoe: 1, active: 'a' },
      [/error Patient.active/, /error Patient.shoe/],
    ],
    ['no resource at all', 'POST', '/Patient/$validate', [1], [/^error Resource .*JSON object/]],
    [
      'a claimed profile',
      'POST',
      '/Patient/$validate',
      { ...sound, meta: { profile: [usCorePatient] }, name: undefined },
      [/^error Patient.name .*required/],
    ],
    [
      'a claimed profile that is not at hand',
      'POST',
      '/Patient/$validate',
      { ...sound, meta: { profile: ['http://x.example/p'] } },
      [/^warning Patient.meta.profile\[0\] .*not at hand/],
    ],
    [
      'a resource in Parameters',
      'POST',
      '/Patient/$validate',
      parameters({ name: 'resource', resource: sound }),
      [/No issues/],
    ],
    [
      'a profile that is asked for',
      'POST',
      '/Patient/$validate',
      parameters({ name: 'resource', resource: { resourceType: 'Patient' } }, profile(usCorePatient)),
      [/Patient.identifier/, /Patient.name/, /Patient.gender/],
    ],
    [
      'a profile in the URL',
      'POST',
      `/Patient/$validate?profile=${usCorePatient}`,
      { resourceType: 'Patient' },
      [/Patient.identifier/],
    ],
    [
      'a profile that nobody knows',
      'POST',
      '/Patient/$validate',
      parameters({ name: 'resource', resource: sound }, profile('http://x.example/p')),
      [/^error .*"http:\/\/x.example\/p" is no profile of Patient .*us-core-patient\|5.0.1/],
    ],
    [
      'another type than that of the URL',
      'POST',
      '/Observation/$validate',
      sound,
      [/^error .*"Patient" and the URL names a Observation/],
    ],
    [
      'another id than that of the URL',
      'POST',
      '/Patient/other/$validate',
      { ...sound, id: 'x' },
      [/^error Patient.id .*"x" is not that of the URL/],
    ],
    ['an update', 'POST', '/Patient/other/$validate', { ...sound, id: 'other' }, [/No issues/]],
    ['the stored resource', 'GET', '/Patient/mine/$validate', undefined, [/^error Patient.identifier/]],
    ['the stored resource by POST', 'POST', '/Patient/other/$validate', undefined, [/No issues/]],
    [
      'the stored resource by a profile',
      'GET',
      `/Patient/other/$validate?profile=${usCorePatient}`,
      undefined,
      [/^error Patient.identifier/],
    ],
    ['a deletion', 'POST', '/Patient/mine/$validate', parameters(mode('delete')), [/No issues/]],
  ])('tells of %s', async (_, method, path, body, expected) => {
    const { status, lines } = await validate(method, path, body);
    expect(status).toBe(200);
    for (const line of expected) expect(lines).toContainEqual(expect.stringMatching(line));
  });

  it('lists no more than a hundred issues', async () => {
    const { lines } = await validate('POST', '/Patient/$validate', {
      ...sound,
      name: Array.from({ length: 5000 }, () => ({ use: 'x' })),
    });
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toMatch(/4900 more/);
  });

  it.each<[string, string, unknown, number]>([
    ['no resource', '/Patient/$validate', parameters(mode('create')), 400],
    ['an unknown mode', '/Patient/$validate', parameters(mode('x')), 400],
    ['the deletion of no resource', '/Patient/$validate', parameters(mode('delete')), 400],
    ['a mode that is no text', '/Patient/$validate', parameters({ name: 'mode', valueInteger: 1 }), 400],
    ['parameters that are none', '/Patient/$validate', { resourceType: 'Parameters', parameter: 7 }, 400],
    ['no JSON', '/Patient/$validate', '{', 400],
    ['an unknown type', '/Pacient/$validate', sound, 404],
    ['the deletion of what is not there', '/Patient/nobody/$validate', parameters(mode('delete')), 404],
  ])('refuses %s', async (_, path, body, status) => {
    expect((await validate('POST', path, body)).status).toBe(status);
  });

  it('refuses other content types', async () => {
    const answer = await server.send('POST', '/Patient/$validate', 'all', 'a=b', { 'content-type': 'text/plain' });
    expect(answer.status).toBe(415);
  });

  it.each<[string, string, string, unknown, number, RegExp]>([
    ['creates', 'POST', '/Patient/$validate', sound, 200, /./],
    ['updates', 'POST', '/Patient/$validate', sound, 403, /user\/Patient.c/],
    ['updates', 'POST', '/Patient/mine/$validate', { ...sound, id: 'mine' }, 200, /./],
    ['creates', 'POST', '/Patient/mine/$validate', { ...sound, id: 'mine' }, 403, /user\/Patient.u/],
    ['reads', 'POST', '/Patient/$validate', sound, 403, /user\/Patient.c/],
    ['others', 'POST', '/Patient/$validate', sound, 403, /user\/Patient.c/],
    ['reads', 'GET', '/Patient/mine/$validate', undefined, 200, /./],
    ['creates', 'GET', '/Patient/mine/$validate', undefined, 403, /user\/Patient.r/],
    ['updates', 'POST', '/Patient/mine/$validate', undefined, 403, /user\/Patient.r/],
    ['reads', 'POST', '/Patient/mine/$validate', parameters(mode('delete')), 403, /user\/Patient.d/],
    ['deletes', 'POST', '/Patient/mine/$validate', parameters(mode('delete')), 403, /user\/Patient.r/],
    ['own', 'GET', '/Patient/mine/$validate', undefined, 200, /./],
    ['own', 'GET', '/Patient/other/$validate', undefined, 404, /There is no Patient/],
    ['own', 'POST', '/Patient/other/$validate', parameters(mode('delete')), 404, /There is no Patient/],
  ])('for a token that %s: %s %s', async (token, method, path, body, status, words) => {
    const answer = await validate(method, path, body, token);
    expect(answer.status).toBe(status);
    expect(answer.lines[0]).toMatch(words);
  });

  it('stores nothing', async () => {
    const answer = await server.send('GET', '/Patient?_total=accurate', 'all');
    expect(((await answer.json()) as { total: number }).total).toBe(2);
  });
});
