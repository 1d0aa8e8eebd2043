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
