import type { Bundle, Resource } from 'fhir/r4';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { env } from '#lib/env.ts';
import { clientGone, forClient } from '#lib/work/waiting-client.ts';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;
const { answerBytes } = env().limits;
const maxLength = 1024 * 1024;

/** A Patient of about a fifth of a page's bytes. */
const large = (id: string, more: object = {}) => ({
  resourceType: 'Patient',
  id,
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${'x'.repeat(maxLength / 5)}</div>` },
  ...more,
});
const ids = Array.from({ length: 20 }, (_, index) => `p${String(index).padStart(2, '0')}`);

beforeAll(async () => {
  env().limits.answerBytes = maxLength;
  here = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
  const observation = { status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/p00' } };
  const performed = ids.map((id) => ({ reference: `Patient/${id}` }));
  await here.put([
    ...ids.map((id) => large(id)),
    { resourceType: 'Observation', id: 'o', ...observation, performer: performed },
  ] as Resource[]);
  for (const at of [1, 2, 3, 4, 5, 6, 7])
    await here.send('PUT', '/Patient/p00', 'clinician', large('p00', { multipleBirthInteger: at }));
});
afterAll(() => {
  env().limits.answerBytes = answerBytes;
});

async function bundleAt(path: string): Promise<{ bundle: Bundle; length: number }> {
  const answer = await here.send('GET', path, 'clinician');
  expect(answer.status).toBe(200);
  const text = await answer.text();
  return { bundle: JSON.parse(text), length: text.length };
}

const next = ({ link = [] }: Bundle) => link.find(({ relation }) => relation === 'next')?.url.slice(here.base.length);

it.each<[what: string, path: string, found: number]>([
  ['a search', '/Patient?_count=1000', 20],
  ['a sorted search', '/Patient?_count=1000&_sort=-_id', 20],
  ['a search by an index', `/Patient?_id=${ids.join(',')}&_count=50`, 20],
  ['a search of several types', '?_type=Patient,Observation&_count=1000', 21],
  ['the record of a patient', '/Patient/p00/$everything?_count=1000', 2],
  ['the history of a resource', '/Patient/p00/_history?_count=1000', 8],
  ['the history of a type', '/Patient/_history?_count=1000', 27],
])('%s ends each page before it is too long, and loses nothing', async (_, path, found) => {
  const seen = new Set<string>();
  for (let page: string | undefined = path; page !== undefined; ) {
    const { bundle, length } = await bundleAt(page);
    expect(length).toBeLessThan(1.5 * maxLength);
    for (const { resource, search } of bundle.entry ?? []) {
      if (search?.mode !== 'include')
        seen.add(`${resource?.resourceType}/${resource?.id}/${resource?.meta?.versionId}`);
    }
    page = next(bundle);
  }
  expect(seen.size).toBe(found);
});

it.each([
  '/Observation?_include=Observation:performer',
  '/Patient?_id=p00&_revinclude=Observation:subject&_include:iterate=Observation:performer',
])('%s leaves out what is too long, and says so', async (path) => {
  const { bundle, length } = await bundleAt(path);
  expect(length).toBeLessThan(1.5 * maxLength);
  expect(bundle.entry?.filter(({ search }) => search?.mode === 'include').length).toBeGreaterThan(1);
  expect(JSON.stringify(bundle.entry?.at(-1))).toMatch(/more included resources/);
});

const get = { request: { method: 'GET', url: 'Patient?_count=1000' } };
const send = (type: string, entry: object[], headers = {}) =>
  here.send('POST', '', 'clinician', { resourceType: 'Bundle', type, entry }, headers);

it('a batch answers no more than it may, names the setting in what it refuses, and writes all the same', async () => {
  const put = { resource: large('new'), request: { method: 'PUT', url: 'Patient/new' } };
  const answer = await send('batch', [...Array.from({ length: 200 }, () => get), put], {
    prefer: 'return=representation',
  });
  const text = await answer.text();
  expect(text.length).toBeLessThan(2.5 * maxLength);
  const { entry = [] } = JSON.parse(text) as Bundle;
  const statuses = entry.map(({ response }) => response?.status);
  expect(statuses.slice(0, 3)).toEqual(['200', '413', '413']);
  expect([statuses.at(-1), entry.at(-1)?.resource]).toEqual(['201', undefined]);
  expect(JSON.stringify(entry[1])).toMatch(/1 MB.*MAX_ANSWER_MB/);
});

it('a transaction whose reads are too long is refused as a whole', async () => {
  const put = { resource: large('other'), request: { method: 'PUT', url: 'Patient/other' } };
  const answer = await send('transaction', [put, get, get, get]);
  expect([answer.status, await answer.text()]).toEqual([
    413,
    expect.stringMatching(/Bundle\.entry\[2\].*MAX_ANSWER_MB/),
  ]);
  expect((await here.send('GET', '/Patient/other', 'clinician')).status).toBe(404);
});

it('a batch ends when its client has gone', async () => {
  const gone = new AbortController();
  const leaving = {
    resource: { resourceType: 'Basic', code: { text: 'leaving' } },
    request: { method: 'POST', url: 'Basic' },
  };
  const entry = Array.from({ length: 50 }, () => leaving);
  const answer = await forClient(gone.signal, async () => {
    expect(clientGone()).toBe(gone.signal);
    const sending = send('batch', entry);
    queueMicrotask(() => gone.abort());
    return sending;
  });
  expect(answer.status).toBe(503);
  const { bundle } = await bundleAt('/Basic?_count=1000');
  expect(bundle.entry?.length ?? 0).toBeLessThan(50);
});
