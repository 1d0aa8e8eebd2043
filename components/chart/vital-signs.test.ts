import type { Observation } from 'fhir/r4';
import { expect, test } from 'vitest';
import { vitalSeries } from './vital-signs.ts';

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
const observation = (rest: Partial<Observation>): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: loinc('29463-7'),
  effectiveDateTime: '2026-01-01',
  ...rest,
});

test('points run from oldest to newest whatever the order of the observations', () => {
  const series = vitalSeries([
    observation({ effectiveDateTime: '2026-03-01', valueQuantity: { value: 8, unit: 'kg' } }),
    observation({ effectiveDateTime: '2026-01-01', valueQuantity: { value: 6, unit: 'kg' } }),
  ]);
  expect(series).toMatchObject([
    { key: 'weight', unit: 'kg', points: [{ values: { '29463-7': 6 } }, { values: { '29463-7': 8 } }] },
  ]);
});

test('components of a blood pressure share one point', () => {
  const series = vitalSeries([
    observation({
      code: loinc('85354-9'),
      component: [
        { code: loinc('8480-6'), valueQuantity: { value: 120, unit: 'mm[Hg]' } },
        { code: loinc('8462-4'), valueQuantity: { value: 80, unit: 'mm[Hg]' } },
      ],
    }),
  ]);
  expect(series.map(({ points }) => points)).toEqual([
    [{ date: '2026-01-01', values: { '8480-6': 120, '8462-4': 80 } }],
  ]);
});

test('pulse oximetry counts as oxygen saturation', () => {
  const [series] = vitalSeries([observation({ code: loinc('59408-5'), valueQuantity: { value: 98, unit: '%' } })]);
  expect(series).toMatchObject({ key: 'oxygen', points: [{ values: { '2708-6': 98 } }] });
});

test('observations without a date or a number are not plotted', () => {
  expect(
    vitalSeries([
      { resourceType: 'Observation', status: 'final', code: loinc('29463-7'), valueQuantity: { value: 8 } },
      observation({ dataAbsentReason: { text: 'refused' } }),
    ]),
  ).toEqual([]);
});
