/** Codes in a record may be spelt like what every object inherits, and are codes like any other. */
import type { Observation } from 'fhir/r4';
import { expect, it } from 'vitest';
import { describeScope } from '#lib/smart/scope/describe-scope.ts';
import { filterText } from '#lib/smart/scope/filters.ts';
import { groupOfScope } from '#lib/smart/scope/groups.ts';
import { labPanels } from './lab-results.ts';
import { vitalSeries } from './vital-signs.ts';

const inherited = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

const observation = (code: string): Observation => ({
  resourceType: 'Observation',
  id: 'a',
  status: 'final',
  code: { coding: [{ code }], text: 'Test' },
  effectiveDateTime: '2026-01-01',
  valueQuantity: { value: 1, unit: code },
  interpretation: [{ coding: [{ code }] }],
});

it.each(inherited)('a result with the code %s has nothing inherited', (code) => {
  const functions = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(functions)
      : typeof value === 'function'
        ? [value]
        : [];
  expect(functions(labPanels([observation(code)], []))).toEqual([]);
  expect(functions(vitalSeries([observation(code)]))).toEqual([]);
});

it.each(inherited)('a scope that says %s is described in words', (name) => {
  const reader = { forPatient: false } as unknown as Parameters<typeof describeScope>[1];
  expect(typeof groupOfScope(name)).toBe('string');
  expect(describeScope(name, reader)).toContain(name);
  expect(filterText('category', `${name}|x`)).toBe('where the category is x');
});
