import type { Bundle } from 'fhir/r4';
import { beforeAll, expect, it } from 'vitest';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

beforeAll(async () => {
  here = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
  await here.put([{ resourceType: 'Patient', id: 'p' }]);
});

const text = (inner: string) => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`,
});
const active = text('<p onclick="alert(1)">x</p>');
const patient = { resourceType: 'Patient', text: active };
const patch = [{ op: 'add', path: '/text', value: active }];
const json = { 'content-type': 'application/json-patch+json' };
const bundle = (type: string) => ({
  resourceType: 'Bundle',
  type,
  entry: [{ resource: patient, request: { method: 'POST', url: 'Patient' } }],
});

it.each<[string, () => Promise<Response>]>([
  ['a create', () => here.send('POST', '/Patient', 'clinician', patient)],
  ['a conditional create', () => here.send('POST', '/Patient', 'clinician', patient, { 'if-none-exist': '_id=none' })],
  ['an update', () => here.send('PUT', '/Patient/p', 'clinician', { ...patient, id: 'p' })],
  ['a conditional update', () => here.send('PUT', '/Patient?_id=p', 'clinician', patient)],
  ['a patch', () => here.send('PATCH', '/Patient/p', 'clinician', patch, json)],
  ['a transaction', () => here.send('POST', '', 'clinician', bundle('transaction'))],
  [
    'a stored Bundle',
    () => here.send('POST', '/Bundle', 'clinician', { ...bundle('collection'), entry: [{ resource: patient }] }),
  ],
])('%s stores no narrative that does something, and names the place', async (_, send) => {
  const response = await send();
  const answered = await response.text();
  expect([response.status, answered]).toEqual([422, expect.stringContaining('text.div')]);
  expect(answered).toContain('onclick of <p> is none of the attributes');
  expect((await (await here.send('GET', '/Patient/p', 'clinician')).json()).text).toBeUndefined();
});

it('an entry of a batch stores none either', async () => {
  const answered = (await (await here.send('POST', '', 'clinician', bundle('batch'))).json()) as Bundle;
  expect(answered.entry?.[0]?.response?.status).toBe('422');
});

it('$validate lists it', async () => {
  const response = await here.send('POST', '/Patient/$validate', 'clinician', patient);
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('onclick')]);
});

it('a harmless one is stored as it was sent', async () => {
  const sent = text('<p style="color: red">a &amp; b&nbsp;c <a href="Patient/p">d</a></p>');
  const response = await here.send('POST', '/Patient', 'clinician', { resourceType: 'Patient', text: sent });
  expect([response.status, (await response.json()).text]).toEqual([201, sent]);
});

it.each([
  ["an image's address", `<img src='x" onerror="document.title=7'/>`],
  ["another attribute's value", `<p title=" href='' onfocus='document.title=7' autofocus='' tabindex='1' ">x</p>`],
])('a transaction makes nothing else of %s', async (_, inner) => {
  const urn = 'urn:uuid:0c5f6f0a-3f0e-4d5e-9c57-2f1f6f0a3f0e';
  const entry = [
    { fullUrl: urn, resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } },
    {
      resource: { resourceType: 'Patient', text: text(`${inner}<a href='${urn}'>x</a>`) },
      request: { method: 'POST', url: 'Patient' },
    },
  ];
  const sent = await here.send('POST', '', 'clinician', { resourceType: 'Bundle', type: 'transaction', entry });
  const [first, second] = ((await sent.json()) as Bundle).entry?.map(({ response }) => response?.location) ?? [];
  const [, literal, stored] = /(Patient\/[^/]+)[^ ]* .*(\/Patient\/[^/]+)/.exec(`${first} ${second}`) ?? [];
  const read = await (await here.send('GET', stored ?? '', 'clinician')).json();
  expect(read.text).toEqual(text(`${inner}<a href='${literal}'>x</a>`));
});

it.each([
  ['a line break', 'java\nscript:alert(1)'],
  ['a tab', 'java\tscript:alert(1)'],
  ["HTML's name for a colon", 'javascript&colon;alert(1)'],
])('an address with %s in its scheme is refused', async (_, address) => {
  const sent = { resourceType: 'Patient', text: text(`<a href="${address}">x</a>`) };
  const response = await here.send('POST', '/Patient', 'clinician', sent);
  expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('href of <a>')]);
});
