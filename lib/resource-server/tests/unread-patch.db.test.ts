import { Buffer } from 'node:buffer';
import type { Bundle, Resource } from 'fhir/r4';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

/** Two records that differ in their content, in what they have, and in how much of it. */
const records = [
  {
    resourceType: 'Patient',
    id: 'P1',
    name: [{ family: 'Kowalczyk', given: ['Ann'], period: { start: '2001-02-03' } }],
    gender: 'female',
    birthDate: '1980-01-02',
    deceasedBoolean: false,
    telecom: [{ system: 'phone', value: '555-0101' }],
    maritalStatus: { text: 'married' },
  },
  {
    resourceType: 'Patient',
    id: 'P2',
    name: [{ given: ['Bo', 'Ben'] }, { family: 'Nowak' }],
    gender: 'male',
    multipleBirthInteger: 2,
    address: [{ line: ['1 Main St'], city: 'Springfield' }],
    identifier: [{ system: 'urn:mrn', value: '0042' }],
  },
] as unknown as Resource[];

type Operations = Record<string, unknown>[];

const places = [
  '/name/0/family',
  '/name/1',
  '/name/0/period/start',
  '/gender',
  '/birthDate',
  '/deceasedBoolean',
  '/telecom/0/value',
  '/address/0/city',
  '/identifier/0/value',
  '/maritalStatus',
  '/extension/0',
];
const telling: Operations[] = [
  [{ op: 'copy', from: '/name/0/family', path: '/gender' }],
  [{ op: 'move', from: '/address/0/city', path: '/birthDate' }],
  [{ op: 'test', path: '/gender', value: 'female' }],
  [
    { op: 'remove', path: '/nothing' },
    { op: 'test', path: '/id', value: 'P1' },
  ],
];
const othersPlace: Operations[] = places.flatMap((path) => [
  [{ op: 'remove', path }],
  [{ op: 'replace', path, value: 5 }],
  [
    { op: 'remove', path },
    { op: 'add', path: '/resourceType', value: 'Nope' },
  ],
  [
    { op: 'replace', path, value: 'x' },
    { op: 'replace', path: '/id', value: 'other' },
  ],
]);
const others: Operations[] = [
  ...othersPlace,
  [{ op: 'add', path: '/gender', value: 'nonsense' }],
  [{ op: 'add', path: '/deceasedDateTime', value: '2020-01-01' }],
  [{ op: 'add', path: '/name/0/period/end', value: '2000-01-01' }],
  [{ op: 'add', path: '/multipleBirthBoolean', value: true }],
  [{ op: 'add', path: '/surprise', value: 1 }],
  [{ op: 'add', path: '/text', value: { status: 'generated', div: '<div><script>1</script></div>' } }],
  [{ op: 'add', path: '/active', value: true }],
  [{ op: 'replace', path: '', value: {} }],
];
/** Every place is tried once; in the other ways in which a patch is sent, these are. */
const some = others.filter((_, index) => index % 6 === 2 || others.length - index < 3);

beforeAll(async () => {
  here = await fhirServer({
    system: { scope: 'system/Patient.u', role: 'service' },
    user: { scope: 'user/Patient.u' },
    narrow: { scope: 'user/Patient.u user/Patient.rs?gender=other' },
    condition: { scope: 'user/Patient.us' },
    P1: { scope: 'patient/Patient.u', patient: 'P1' },
    P2: { scope: 'patient/Patient.u', patient: 'P2' },
    clinician: { scope: 'user/*.cruds' },
  });
});

beforeEach(() => here.put(records));

const patchType = { 'content-type': 'application/json-patch+json' };

/** What an answer says, without the id of the resource and, of what was done, version and time. */
async function told(response: Response, id: string): Promise<string> {
  const headers = [...response.headers].filter(([name]) => !['etag', 'last-modified', 'location'].includes(name));
  const kept = response.ok ? headers : [...response.headers];
  return `${response.status} ${JSON.stringify(kept)} ${await response.text()}`.replaceAll(id, 'ID');
}

const single = async (token: string, id: string, patch: Operations, more: Record<string, string> = {}) =>
  told(await here.send('PATCH', `/Patient/${id}`, token, patch, { ...patchType, ...more }), id);

function bundleOf(type: 'batch' | 'transaction', id: string, patch: Operations): Bundle {
  const data = Buffer.from(JSON.stringify(patch)).toString('base64');
  const resource = { resourceType: 'Binary' as const, contentType: patchType['content-type'], data };
  const request = { method: 'PATCH' as const, url: `Patient/${id}` };
  return { resourceType: 'Bundle', type, entry: [{ resource, request }] };
}

async function inBatch(token: string, id: string, patch: Operations): Promise<string> {
  const bundle: Bundle = await (await here.send('POST', '', token, bundleOf('batch', id, patch))).json();
  const { etag: _, lastModified: __, location: ___, ...response } = bundle.entry?.[0]?.response ?? {};
  return JSON.stringify(response).replaceAll(id, 'ID');
}

/** The different answers that the patches of both records get. */
async function answers(patches: Operations[], ask: (id: string, patch: Operations) => Promise<string>) {
  const all = new Set<string>();
  for (const patch of patches) for (const id of ['P1', 'P2']) all.add(await ask(id, patch));
  return [...all].sort();
}

describe('a patch by who may not read what it changes', () => {
  it.each([
    ['system/', () => 'system'],
    ['user/', () => 'user'],
    ['patient/', (id: string) => id],
    ['a narrower read', () => 'narrow'],
  ])('is answered in one way when it would tell, and when it cannot be made: %s', async (level, tokenOf) => {
    const ask = (id: string, patch: Operations) => single(tokenOf(id), id, patch);
    expect(await answers(telling, ask)).toEqual([expect.stringMatching(/^404 .*test.*copy.*move/)]);
    expect(await answers(level === 'user/' ? others : some, ask)).toEqual([
      expect.stringMatching(/^200 \[[^{]*\] $/),
      expect.stringMatching(/^422 .*The patch of Patient\/ID cannot be made/),
    ]);
  });

  it('is answered so in a batch', async () => {
    const ask = (id: string, patch: Operations) => inBatch('user', id, patch);
    expect(await answers(telling, ask)).toEqual([expect.stringMatching(/"404/)]);
    expect(await answers(some, ask)).toHaveLength(2);
  });

  it('is refused in a transaction, which another entry could undo', async () => {
    const ask = async (id: string, patch: Operations) =>
      told(await here.send('POST', '', 'user', bundleOf('transaction', id, patch)), id);
    expect(await answers(some, ask)).toEqual([expect.stringMatching(/^404 .*in a transaction/)]);
    expect((await here.send('POST', '', 'clinician', bundleOf('transaction', 'P1', []))).status).toBe(200);
  });

  it('is judged by If-Match before anything is tried', async () => {
    const ask = (id: string, patch: Operations) => single('user', id, patch, { 'if-match': 'W/"9999"' });
    const found = await answers(some, async (id, patch) => (await ask(id, patch)).slice(0, 4));
    expect(found).toEqual(['412 ']);
  });

  it('is answered so when a condition chooses the resource', async () => {
    const ask = async (id: string, patch: Operations) =>
      told(await here.send('PATCH', `/Patient?_id=${id}`, 'condition', patch, patchType), id);
    expect(await answers(telling, ask)).toEqual([expect.stringMatching(/^404 /)]);
    expect(await answers(some, ask)).toHaveLength(2);
  });

  it('makes a new version even of the same values, so that the version tells no match', async () => {
    const version = async (token: string, value: string) => {
      const patch = [{ op: 'replace', path: '/gender', value }];
      return (await here.send('PATCH', '/Patient/P1', token, patch, patchType)).headers.get('etag');
    };
    const seen = [await version('user', 'female'), await version('user', 'female'), await version('user', 'male')];
    expect(new Set(seen).size).toBe(3);
    expect(await version('clinician', 'male')).toBe(seen[2]);
  });
});
