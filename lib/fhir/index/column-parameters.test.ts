import type { Patient } from 'fhir/r4';
import { expect, it } from 'vitest';
import { isColumnParameter } from './column-parameters.ts';
import { indexValuesOf } from './values.ts';

it.each([
  ['_id', true],
  ['_lastUpdated', true],
  ['_tag', false],
  ['identifier', false],
  ['name', false],
])('%s is answered by a column: %s, and otherwise by an index', (code, expected) => {
  const patient: Patient = {
    resourceType: 'Patient',
    id: 'p1',
    meta: { lastUpdated: '2026-01-02T03:04:05Z', tag: [{ code: 't' }] },
    identifier: [{ value: '1' }],
    name: [{ family: 'Berg' }],
  };
  expect(isColumnParameter({ code })).toBe(expected);
  expect(indexValuesOf(patient).some(({ parameter }) => parameter === code)).toBe(!expected);
});
