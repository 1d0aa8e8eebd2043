/** Ids that a client chooses: they block nobody, and tell nothing about what is out of reach. */
import { randomUUID } from 'node:crypto';
import type { Bundle, Resource } from 'fhir/r4';
import { beforeAll, expect, it } from 'vitest';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

const observation = (id: string, patient: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'x' },
  subject: { reference: `Patient/${patient}` },
});

beforeAll(async () => {
  here = await fhirServer({
    lab: { scope: 'system/*.cruds', role: 'service' },
    emma: { scope: 'patient/*.cruds', patient: 'emma' },
    ben: { scope: 'patient/*.cruds', patient: 'ben' },
  });
  await here.put([
    { resourceType: 'Patient', id: 'emma' },
    { resourceType: 'Patient', id: 'ben' },
    { resourceType: 'Patient', id: 'lab' },
    observation('of-ben', 'ben'),
    observation('gone-of-ben', 'ben'),
    observation('gone-of-emma', 'emma'),
  ] as Resource[]);
  for (const id of ['gone-of-ben', 'gone-of-emma']) await here.send('DELETE', `/Observation/${id}`, 'lab');
});

type Way = (id: string, token: string) => Promise<[status: number, told: string]>;

const put: Way = async (id, token) => {
  const answer = await here.send('PUT', `/Observation/${id}`, token, observation(id, token));
  return [answer.status, (await answer.text()).replaceAll(id, 'ID')];
};

const putIf: Way = async (id, token) => {
  const path = `/Observation?identifier=${randomUUID()}`;
  const answer = await here.send('PUT', path, token, observation(id, token));
  return [answer.status, (await answer.text()).replaceAll(id, 'ID')];
};

/** As an entry of a batch or a transaction; the refusal is told as that of a single request. */
const bundled =
  (type: 'batch' | 'transaction'): Way =>
  async (id, token) => {
    const entry = [{ resource: observation(id, token), request: { method: 'PUT', url: `Observation/${id}` } }];
    const answer = await here.send('POST', '/', token, { resourceType: 'Bundle', type, entry });
    const text = await answer.text();
    const [first] = answer.ok ? ((JSON.parse(text) as Bundle).entry ?? []) : [];
    const status = first ? Number.parseInt(first.response?.status ?? '', 10) : answer.status;
    return [status, status < 300 ? '' : text.replaceAll(id, 'ID')];
  };

const ways: [name: string, way: Way][] = [
  ['PUT', put],
  ['PUT that nothing meets', putIf],
  ['an entry of a batch', bundled('batch')],
  ['an entry of a transaction', bundled('transaction')],
];

it.each(ways)('%s: taken, deleted or free, an id that is not one’s own is answered alike', async (_, way) => {
  const [taken, deleted, free] = [
    await way('of-ben', 'emma'),
    await way('gone-of-ben', 'emma'),
    await way('new', 'emma'),
  ];
  expect(taken[0]).toBe(404);
  expect([deleted, free]).toEqual([taken, taken]);
});

it.each(ways)('%s: nobody keeps an id from somebody else', async (name, way) => {
  const id = `result-${name.length}`;
  expect((await way(id, 'emma'))[0]).toBe(404);
  expect((await way(id, 'lab'))[0]).toBe(201);
});

it.each(ways)('%s: a random UUID is taken, also offline, and is one’s own', async (_, way) => {
  const id = randomUUID();
  expect((await way(id, 'emma'))[0]).toBe(201);
  expect((await way(id, 'ben'))[0]).toBe(404);
});

it('what was deleted as one’s own comes back under its id', async () => {
  expect((await put('gone-of-emma', 'ben'))[0]).toBe(404);
  expect((await put('gone-of-emma', 'emma'))[0]).toBe(201);
});
