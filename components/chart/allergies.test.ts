import type { AllergyIntolerance } from 'fhir/r4';
import { expect, test } from 'vitest';
import { summarizeAllergies } from './allergies.ts';

const allergy = (text: string, rest: Partial<AllergyIntolerance> = {}): AllergyIntolerance => ({
  resourceType: 'AllergyIntolerance',
  patient: { reference: 'Patient/p1' },
  code: { text },
  ...rest,
});

test('nothing recorded is not the same as none known', () => {
  expect(summarizeAllergies([])).toEqual({ names: [], noneKnown: false });
  expect(summarizeAllergies([allergy('No known allergies', { code: { coding: [{ code: '716186003' }] } })])).toEqual({
    names: [],
    noneKnown: true,
  });
});

test('high criticality comes first', () => {
  const { names } = summarizeAllergies([allergy('Pollen'), allergy('Penicillin', { criticality: 'high' })]);
  expect(names).toEqual(['Penicillin', 'Pollen']);
});

test.each([
  { clinicalStatus: { coding: [{ code: 'resolved' }] } },
  { verificationStatus: { coding: [{ code: 'refuted' }] } },
])('%o is not in force', (rest) => {
  expect(summarizeAllergies([allergy('Latex', rest)]).names).toEqual([]);
});
