/** Every text and every name in uploaded data, in turn with what no column of the database can hold. */
import { beforeAll, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { findLatestImport } from '#lib/data/seed/import-jobs.ts';
import { env } from '#lib/env.ts';
import { signInAs } from '../../tests/action-request.ts';
import { makeTwoSandboxes } from '../../tests/people.ts';
import { POST as job } from './job/route.ts';
import { POST as part } from './part/route.ts';

type Steps = (string | number)[];

let ours: number;
let id: string;
beforeAll(async () => {
  const made = await makeTwoSandboxes();
  ours = made.ours;
  await signInAs(made.people.admin);
  const begun = await job(post('job', JSON.stringify({ files: 1, bytes: 1 })), context);
  ({ job: id } = (await begun.json()) as { job: string });
});

const context = { params: Promise.resolve({ sandbox: 'ours' }) };

function post(path: string, body: string): Request {
  const headers = { 'sec-fetch-site': 'same-origin' };
  return new Request(`${env().origin}/ours/admin/import/${path}`, { method: 'POST', body, headers });
}

const patient = {
  resourceType: 'Patient',
  id: 'ann',
  meta: { source: 'urn:x', profile: ['http://x.example/p'], tag: [{ system: 'urn:t', code: 'c', display: 'd' }] },
  language: 'en',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Ann</div>' },
  contained: [{ resourceType: 'Organization', id: 'o', name: 'Org' }],
  extension: [
    { url: 'http://x.example/s', valueString: 'text' },
    { url: 'http://x.example/m', valueMarkdown: 'text' },
    { url: 'http://x.example/b', valueBase64Binary: 'AAAA' },
    { url: 'http://x.example/u', valueUri: 'urn:u' },
  ],
  identifier: [{ system: 'urn:mrn', value: '1' }],
  name: [{ family: 'Lee', given: ['Ann'], _given: [{ id: 'g' }] }],
  telecom: [{ system: 'phone', value: '555' }],
  gender: 'female',
  birthDate: '1980-01-01',
  address: [{ city: 'Madison' }],
  photo: [{ contentType: 'image/png', url: 'http://x.example/a.png', title: 'photo' }],
  generalPractitioner: [{ reference: 'Practitioner/x', display: 'Dr. X' }],
  managingOrganization: { identifier: { system: 'urn:o', value: 'o' } },
};
const observation = {
  resourceType: 'Observation',
  id: 'obs',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '1975-2' }], text: 'x' },
  subject: { reference: 'Patient/ann' },
  performer: [{ reference: 'Practitioner?identifier=http://npi|99' }],
  valueQuantity: { value: 1, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
};
const bundle = {
  resourceType: 'Bundle',
  id: 'b',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:0f6e2a6e-6d5c-4f0e-9f0b-6c9f6a1f0002',
      resource: patient,
      request: { method: 'PUT', url: 'Patient/ann' },
    },
    {
      fullUrl: 'urn:uuid:0f6e2a6e-6d5c-4f0e-9f0b-6c9f6a1f0003',
      resource: observation,
      request: { method: 'POST', url: 'Observation' },
    },
  ],
};

/** Where texts stand in a value, and where names of members do. */
function placesOf(value: unknown, steps: Steps = []): { steps: Steps; what: 'text' | 'name' }[] {
  if (typeof value === 'string') return [{ steps, what: 'text' }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const deeper = [...steps, Array.isArray(value) ? Number(name) : name];
    const here = Array.isArray(value) ? [] : [{ steps: deeper, what: 'name' as const }];
    return [...here, ...placesOf(member, deeper)];
  });
}

/** A copy of `value` with `bad` put into the text, or the name, at `steps`. */
function spoilt(value: unknown, [step, ...rest]: Steps, what: 'text' | 'name', bad: string): unknown {
  if (step === undefined) return `${value}${bad}`;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? spoilt(item, rest, what, bad) : item));
  const members = Object.entries(value as object).map(([name, member]) => {
    if (name !== step) return [name, member];
    return rest.length === 0 && what === 'name' ? [`${name}${bad}`, member] : [name, spoilt(member, rest, what, bad)];
  });
  return Object.fromEntries(members);
}

/** All but the name `entry`: of a Bundle that brings resources, what has an unknown name is not read. */
const places = [patient, observation, bundle].flatMap((whole) =>
  placesOf(whole)
    .filter(({ steps }) => whole !== bundle || steps.join() !== 'entry')
    .map((place) => ({ ...place, whole })),
);

const query = () =>
  new URLSearchParams({ job: id, file: 'a.json', lines: 'false', firstLine: '1', bytes: '1', last: 'false' });

it.each([
  ['NUL', '\0'],
  ['the first half of a pair', '\ud800'],
  ['the second half of a pair', '\udc00'],
])('with %s, is a problem that is listed, and nothing of it is stored', async (_, bad) => {
  const tried: string[] = [];
  for (const { whole, steps, what } of places) {
    const answer = await part(post(`part?${query()}`, JSON.stringify(spoilt(whole, steps, what, bad))), context);
    const { created, problems } = (await answer.json()) as { created: number; problems: object[] };
    const outcome = `${answer.status}, ${created} created, ${problems.length > 0 ? 'told' : 'not told'}`;
    tried.push(`${whole.resourceType} ${steps.join('.')} (${what}): ${outcome}`);
  }
  expect(tried.length).toBeGreaterThan(100);
  expect(tried.filter((one) => !one.endsWith(': 200, 0 created, told'))).toEqual([]);
  expect(await database().resource.count({ where: { sandboxId: ours } })).toBe(0);
  expect(JSON.stringify((await findLatestImport(ours))?.problems)).not.toContain('\\u0000');
});
