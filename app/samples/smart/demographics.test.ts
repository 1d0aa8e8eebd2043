import { expect, test } from 'vitest';
import { ageText, conceptText, nameText, recordNumber } from './demographics.ts';

const now = new Date(2026, 10, 22, 12, 0);
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

test.each([
  [ago(1), '1 hour'],
  [ago(71.9), '71 hours'],
  [ago(72), '3 days'],
  [ago(27 * 24), '27 days'],
  [ago(60 * 24), '8 weeks'],
  [new Date(2025, 10, 23), '11 months'],
  [new Date(2025, 10, 22), '12 months'],
  [new Date(2024, 10, 22), '2 years'],
  [new Date(1961, 3, 2), '65 years'],
  [new Date(1961, 10, 23), '64 years'],
  [new Date(2026, 10, 23), null],
])('born %s, the age is %s', (birth, age) => {
  expect(ageText(birth, now)).toBe(age);
});

test.each([
  [undefined, null],
  [[], null],
  [[{}], null],
  [[{ text: 'Dr. Amara Osei', family: 'Osei' }], 'Dr. Amara Osei'],
  [[{ prefix: ['Dr'], given: ['Amara', 'B.'], family: 'Osei' }], 'Dr Amara B. Osei'],
  [
    [
      { use: 'nickname', text: 'Ama' },
      { use: 'official', family: 'Osei' },
    ],
    'Osei',
  ],
])('name %j reads %s', (names, text) => {
  expect(nameText(names)).toBe(text);
});

test.each([
  [undefined, null],
  [[{ value: 'SSN-1' }, { type: { coding: [{ code: 'MR' }] }, value: 'MRN-1' }], 'MRN-1'],
  [[{ value: 'A-1' }], 'A-1'],
])('identifiers %j give record number %s', (identifier, value) => {
  expect(recordNumber({ identifier })).toBe(value);
});

test.each([
  [undefined, null],
  [{ text: 'Cough', coding: [{ display: 'Cough (finding)' }] }, 'Cough'],
  [{ coding: [{ code: '1' }, { display: 'Cough (finding)' }] }, 'Cough (finding)'],
  [{ coding: [{ code: '49727002' }] }, '49727002'],
])('concept %j reads %s', (concept, text) => {
  expect(conceptText(concept)).toBe(text);
});
