import { expect, it, test } from 'vitest';
import { readAll } from '../smart/resources.ts';
import { measurementsOf, type Observation, observationSchema } from './observation.ts';

const base: Observation = {
  resourceType: 'Observation',
  id: 'o',
  status: 'final',
  effectiveDateTime: '2026-11-19T12:00:00Z',
  valueQuantity: { value: 8.9, unit: 'mg/dL', code: 'mg/dL' },
};
const only = (change: Partial<Observation>) => measurementsOf([{ ...base, ...change }])[0];

test.each<[string, Partial<Observation>, { mgPerDl: number | null; text: string; problem: string | null }]>([
  ['mg/dL', {}, { mgPerDl: 8.9, text: '8.9 mg/dL', problem: null }],
  [
    'µmol/L by its UCUM code',
    { valueQuantity: { value: 171, unit: 'micromoles per litre', code: 'umol/L' } },
    { mgPerDl: 10, text: '171 micromoles per litre', problem: null },
  ],
  [
    'unit without a code',
    { valueQuantity: { value: 5, unit: 'mg/dL' } },
    { mgPerDl: 5, text: '5 mg/dL', problem: null },
  ],
  [
    'another unit',
    { valueQuantity: { value: 3, unit: 'g/L' } },
    { mgPerDl: null, text: '3 g/L', problem: 'Unit g/L: cannot be converted to mg/dL' },
  ],
  [
    'no unit',
    { valueQuantity: { value: 3 } },
    { mgPerDl: null, text: '3', problem: 'Unit missing: cannot be converted to mg/dL' },
  ],
  [
    'a comparator',
    { valueQuantity: { value: 0.5, comparator: '<', unit: 'mg/dL' } },
    { mgPerDl: null, text: '< 0.5 mg/dL', problem: 'A limit, not a measured value' },
  ],
  [
    'a negative value',
    { valueQuantity: { value: -1, unit: 'mg/dL' } },
    { mgPerDl: null, text: '-1 mg/dL', problem: 'Negative value' },
  ],
  [
    'a reason instead of a value',
    { valueQuantity: undefined, dataAbsentReason: { text: 'Specimen clotted' } },
    { mgPerDl: null, text: 'Specimen clotted', problem: 'No numeric value' },
  ],
  ['nothing at all', { valueQuantity: undefined }, { mgPerDl: null, text: 'No value', problem: 'No numeric value' }],
  [
    'a date without a time of day',
    { effectiveDateTime: '2026-11-19' },
    { mgPerDl: 8.9, text: '8.9 mg/dL', problem: 'No time of day recorded' },
  ],
])('reads %s', (_name, change, expected) => {
  const { mgPerDl, ...words } = expected;
  expect(only(change)).toMatchObject(words);
  if (mgPerDl === null) expect(only(change)?.mgPerDl).toBeNull();
  else expect(only(change)?.mgPerDl).toBeCloseTo(mgPerDl, 10);
});

test.each(['entered-in-error', 'cancelled'])('leaves out what is %s', (status) => {
  expect(measurementsOf([{ ...base, status }])).toEqual([]);
});

it('takes the time from dateTime, instant or the start of a period', () => {
  const at = new Date('2026-11-19T12:00:00Z');
  const none = { effectiveDateTime: undefined };
  expect(only({ ...none, effectiveInstant: '2026-11-19T12:00:00.000Z' })?.at).toEqual(at);
  expect(only({ ...none, effectivePeriod: { start: '2026-11-19T13:00:00+01:00' } })?.at).toEqual(at);
  expect(only(none)).toMatchObject({ at: null, recordedAt: null });
});

it('orders by time, those without a moment last', () => {
  const at = (id: string, effectiveDateTime: string) => ({ ...base, id, effectiveDateTime });
  const ids = measurementsOf([
    at('day only', '2026-11-01'),
    at('later', '2026-11-20T01:00:00+02:00'),
    at('earlier', '2026-11-19T22:00:00Z'),
  ]).map(({ id }) => id);
  expect(ids).toEqual(['earlier', 'later', 'day only']);
});

it('counts what has not the shape of an Observation and ignores other resources', () => {
  const found = [base, { resourceType: 'Patient', id: 'p' }, { resourceType: 'Observation', id: 7 }, null, 'text'];
  const { values, unreadable } = readAll(found, 'Observation', observationSchema);
  expect(values.map(({ id }) => id)).toEqual(['o']);
  expect(unreadable).toBe(1);
});
