import { createHash } from 'node:crypto';
import type { Resource } from 'fhir/r4';
import { expect, it } from 'vitest';
import { resourceTypes } from '../definition/resource-types.ts';
import { supportedParameters } from '../definition/search-parameter.ts';
import { patientsOf } from './patient-compartment.ts';
import { indexValuesOf } from './values.ts';
import { indexVersion } from './version.ts';

const loinc = 'http://loinc.org';
const concept = { text: 'Systolic', coding: [{ system: loinc, code: '8480-6', display: 'Systolic pressure' }] };
const identifier = [
  { system: 'http://x.example', value: 'A1', type: { coding: [{ system: 'http://t.example', code: 'MR' }] } },
];

/** Resources that together contain every kind of indexed value. */
const samples = [
  {
    resourceType: 'Patient',
    id: 'p',
    meta: {
      profile: ['http://x.example/p'],
      tag: [{ system: 'http://x.example', code: 't' }],
      source: 'http://x.example/s',
    },
    identifier,
    name: [{ family: 'Müller', given: ['Änne'], text: 'Änne Müller' }],
    birthDate: '1970-01',
    gender: 'female',
    telecom: [{ system: 'phone', value: '555' }],
    address: [{ city: 'Zürich', postalCode: '8000' }],
    generalPractitioner: [{ reference: 'Practitioner/1' }, { identifier: identifier[0] }],
    extension: [
      {
        url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race',
        extension: [{ url: 'ombCategory', valueCoding: { system: 'urn:oid:2.16.840.1.113883.6.238', code: '2106-3' } }],
      },
    ],
  },
  {
    resourceType: 'Observation',
    id: 'o',
    status: 'final',
    code: concept,
    subject: { reference: 'Patient/p' },
    effectivePeriod: { start: '2026-01-01T10:00:00+02:00' },
    component: [
      {
        code: concept,
        valueQuantity: { value: 120, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
      },
    ],
  },
  {
    resourceType: 'RiskAssessment',
    id: 'r',
    status: 'final',
    subject: { reference: 'Patient/p' },
    prediction: [{ probabilityDecimal: 0.3 }],
  },
  { resourceType: 'ValueSet', id: 'v', status: 'active', url: 'http://x.example/v', version: '1' },
  {
    resourceType: 'Condition',
    id: 'c',
    subject: { reference: 'Patient/p' },
    onsetAge: { value: 3, system: 'http://unitsofmeasure.org', code: 'a' },
    code: { coding: [{ code: 'x' }] },
  },
  { resourceType: 'Location', id: 'l', position: { latitude: 42.25, longitude: -83.5 } },
  {
    resourceType: 'MolecularSequence',
    id: 's',
    coordinateSystem: 1,
    referenceSeq: { chromosome: { coding: [{ code: '1' }] }, windowStart: 10, windowEnd: 20 },
    variant: [{ start: 128, end: 129 }],
  },
] as object[] as Resource[];

/** A digest of everything that determines index rows: each parameter with its paths, and the rows of the samples. */
function fingerprint(): string {
  const parameters = resourceTypes().flatMap((type) =>
    [...supportedParameters(type).values()].map(({ code, kind, expressions }) =>
      [type, code, kind, ...expressions].join(' '),
    ),
  );
  const rows = samples.flatMap((resource) => {
    const found = indexValuesOf(resource);
    const sorted = found.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
    return [...new Set(sorted), ...patientsOf(resource, found)];
  });
  return createHash('sha256')
    .update([...parameters.sort(), ...rows].join('\n'))
    .digest('hex')
    .slice(0, 16);
}

it('raise indexVersion, and update the fingerprint here, whenever index rows change', () => {
  expect({ indexVersion, fingerprint: fingerprint() }).toEqual({ indexVersion: 2, fingerprint: '2a3711488662f12a' });
});
