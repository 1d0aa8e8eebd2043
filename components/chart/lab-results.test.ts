import type { Observation } from 'fhir/r4';
import { expect, test } from 'vitest';
import { labPanels } from './lab-results.ts';

const glucose = (id: string, date: string, value: number, rest: Partial<Observation> = {}): Observation => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }], text: 'Glucose' },
  effectiveDateTime: date,
  valueQuantity: { value, unit: 'mg/dL' },
  ...rest,
});

test('an analyte is one row with its latest value and its trend', () => {
  const [panel] = labPanels([glucose('b', '2026-02-01', 130), glucose('a', '2026-01-01', 95)], []);
  expect(panel).toMatchObject({
    title: 'Single tests',
    rows: [{ name: 'Glucose', value: '130 mg/dL', date: '2026-02-01', trend: [95, 130] }],
  });
});

test('results are grouped by the report that names them', () => {
  const report = {
    resourceType: 'DiagnosticReport' as const,
    status: 'final' as const,
    code: { text: 'Basic metabolic panel' },
    result: [{ reference: 'Observation/a' }, { reference: 'Observation/b' }],
  };
  expect(labPanels([glucose('a', '2026-01-01', 95)], [report]).map(({ title }) => title)).toEqual([
    'Basic metabolic panel',
  ]);
});

test('a report of one test makes no panel of its own', () => {
  const report = {
    resourceType: 'DiagnosticReport' as const,
    status: 'final' as const,
    code: { text: 'Glucose' },
    result: [{ reference: 'Observation/a' }],
  };
  expect(labPanels([glucose('a', '2026-01-01', 95)], [report]).map(({ title }) => title)).toEqual(['Single tests']);
});

test.each([
  ['H', 'high'],
  ['LL', 'critical'],
  ['N', undefined],
])('interpretation %s is %s', (code, abnormality) => {
  const [panel] = labPanels([glucose('a', '2026-01-01', 95, { interpretation: [{ coding: [{ code }] }] })], []);
  expect(panel?.rows[0]?.abnormality).toBe(abnormality);
});

test.each([
  [{ low: { value: 70, unit: 'mg/dL' }, high: { value: 99, unit: 'mg/dL' } }, '70–99'],
  [{ high: { value: 5, unit: 'mg/dL' } }, 'up to 5'],
  [{ low: { value: 2.2, unit: 'mmol/L' } }, 'from 2.2 mmol/L'],
  [{ text: 'negative' }, 'negative'],
])('reference range %o reads %s', (range, text) => {
  const [panel] = labPanels([glucose('a', '2026-01-01', 95, { referenceRange: [range] })], []);
  expect(panel?.rows[0]?.range).toBe(text);
});
