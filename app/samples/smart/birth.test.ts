import { expect, test } from 'vitest';
import { birthOf } from './birth.ts';
import { momentOf, startOfDate } from './fhir-time.ts';

const extension = (valueDateTime: string) => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime }],
});

test.each([
  ['2026-11-18T06:18:00Z', '2026-11-18T06:18:00.000Z'],
  ['2026-11-18T06:18:00.5+01:00', '2026-11-18T05:18:00.500Z'],
  ['2026-11-18T06:18-05:00', '2026-11-18T11:18:00.000Z'],
  ['2026-11-18T06:18:00', null],
  ['2026-11-18', null],
  ['2026-13-18T06:18:00Z', null],
  ['yesterday', null],
  [undefined, null],
])('the moment of %s is %s', (value, moment) => {
  expect(momentOf(value)?.toISOString() ?? null).toBe(moment);
});

test.each(['2026', '2026-11', '2026-02-30', '2026-00-10', 'x', undefined])('%s is no full date', (value) => {
  expect(startOfDate(value)).toBeNull();
});

test('a birth time with hour and zone is used', () => {
  expect(birthOf({ birthDate: '2026-11-18', _birthDate: extension('2026-11-18T06:18:00Z') })).toEqual({
    at: new Date('2026-11-18T06:18:00Z'),
    precision: 'time',
  });
});

test.each([
  [{ birthDate: '2026-11-18' }],
  [{ birthDate: '2026-11-18', _birthDate: extension('2026-11-18') }],
  [{ birthDate: '2026-11-18', _birthDate: { extension: [{ url: 'http://example.org/other' }] } }],
])('without one, the day counts from midnight: %j', (patient) => {
  expect(birthOf(patient)).toEqual({ at: new Date(2026, 10, 18), precision: 'date' });
});

test.each([[{}], [{ birthDate: '2026' }]])('without a full date there is no birth: %j', (patient) => {
  expect(birthOf(patient)).toBeNull();
});
