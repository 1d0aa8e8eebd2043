import type { Bundle, BundleEntry, Resource } from 'fhir/r4';
import { beforeAll, expect, it } from 'vitest';
import { usageCounted } from '#lib/data/resource/usage.ts';
import { fhirServer } from './fhir-server.ts';
import { listenToTransactions, statementsInTransactions } from './statements.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

beforeAll(async () => {
  listenToTransactions();
  here = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
});

const urn = (patient: number) => `urn:uuid:7a6b1f4e-9a2e-4a0c-9d5b-${String(patient).padStart(12, '0')}`;

/** `patients` new patients with nine Observations each, which refer to them. */
function entries(patients: number, more: object = {}): BundleEntry[] {
  return Array.from({ length: patients }, (_, patient) => [
    {
      fullUrl: urn(patient),
      resource: { resourceType: 'Patient', name: [{ family: `Family ${patient}` }], birthDate: '1980-02-03' },
      request: { method: 'POST', url: 'Patient' },
    } as BundleEntry,
    ...Array.from(
      { length: 9 },
      (_, number) =>
        ({
          resource: observation(patient, number, more),
          request: { method: 'POST', url: 'Observation' },
        }) as BundleEntry,
    ),
  ]).flat();
}

function observation(patient: number, number: number, more: object): Resource {
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: `${number}-1` }], text: 'a measurement' },
    subject: { reference: urn(patient) },
    effectiveDateTime: '2026-01-02T03:04:05Z',
    valueQuantity: { value: number + 0.5, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
    ...more,
  } as Resource;
}

async function stored(entry: BundleEntry[]): Promise<void> {
  const response = await here.send('POST', '', 'clinician', { resourceType: 'Bundle', type: 'transaction', entry });
  const bundle = (await response.json()) as Bundle;
  expect(response.status, JSON.stringify(bundle)).toBe(200);
  expect(bundle.entry).toHaveLength(entry.length);
}

/** What a sandbox stores is counted beside its first write, in a transaction of its own. */
beforeAll(async () => {
  await stored(entries(1));
  await usageCounted();
});

it('a transaction of many entries sends as many statements as one of few', async () => {
  const few = await statementsInTransactions(() => stored(entries(1)));
  const many = await statementsInTransactions(() => stored(entries(100)));
  expect(many.length).toBe(few.length);
  expect(many.length).toBeLessThan(13);
});

it('conditions and conditional references are looked up together', async () => {
  const practitioner = { resourceType: 'Practitioner', id: 'p', identifier: [{ value: 'p' }] };
  await here.put([practitioner as Resource]);
  const performer = [{ reference: 'Practitioner?identifier=p' }];
  const conditional = (patients: number, run: string) =>
    entries(patients, { performer }).map((entry, index) => ({
      ...entry,
      request: { method: 'POST', url: '', ...entry.request, ifNoneExist: `identifier=${run}-${index}` },
    })) as BundleEntry[];
  const few = await statementsInTransactions(() => stored(conditional(1, 'a')));
  const many = await statementsInTransactions(() => stored(conditional(10, 'b')));
  // One statement looks for what meets fifty conditions.
  expect(many.length).toBe(few.length + 1);
});
