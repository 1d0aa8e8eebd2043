import { expect, it } from 'vitest';
import { patientsNamed } from './patients-named.ts';

it.each([
  ['patient=1', ['1']],
  ['patient=Patient/1,2&code=3', ['1', '2']],
  ['subject=Patient/1', ['1']],
  ['subject=Group/1', []],
  ['subject=1', []],
  ['subject:Patient=1', ['1']],
  ['patient=a b', []],
  ['patient.name=x', []],
  ['name=1', []],
])('%s names the patients %j', (query, patients) => {
  expect(patientsNamed(new URLSearchParams(query))).toEqual(patients);
});
