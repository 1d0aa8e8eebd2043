import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { summarizePatient } from './patient-summary.ts';

const now = new Date('2026-11-22T12:00:00Z');
const patient = (rest: Partial<Patient>): Patient => ({ resourceType: 'Patient', id: 'p1', ...rest });

test('the official name and the MR identifier are chosen over the first ones', () => {
  const summary = summarizePatient(
    patient({
      name: [
        { use: 'nickname', given: ['Mel'] },
        { use: 'official', family: 'Chen', given: ['Mei', 'Lin'] },
      ],
      identifier: [{ value: '999-12-3456' }, { type: { coding: [{ code: 'MR' }] }, value: 'MRN-7' }],
      gender: 'female',
      birthDate: '1990-01-02',
    }),
    now,
  );
  expect(summary).toMatchObject({ name: 'Chen, Mei Lin', mrn: 'MRN-7', sex: 'Female', age: '36 years' });
});

test('a nameless patient is still listed', () => {
  expect(summarizePatient(patient({}), now)).toMatchObject({ name: 'Name unknown', mrn: '', birthDate: '', age: '' });
});

test('age stops at death', () => {
  const summary = summarizePatient(patient({ birthDate: '1940-01-01', deceasedDateTime: '2020-06-01' }), now);
  expect(summary).toMatchObject({ age: '80 years', deceased: true });
});
