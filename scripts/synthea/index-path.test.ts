import { evalFhirPathTyped, toTypedValue } from '@medplum/core';
import type { FhirResource, Resource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { resourceTypes } from '#lib/fhir/definition/resource-types.ts';
import { supportedParameters } from '#lib/fhir/definition/search-parameter.ts';
import { compilePath, type Steps, Walk } from '#lib/fhir/index/path.ts';
import { generateSandboxData } from '#prisma/seed/generate.ts';
import { claimsOf } from './claims.ts';

const generated = [...generateSandboxData({ patients: 40, seed: 3, now: new Date('2026-01-15T12:00:00Z') })]
  .flatMap(({ entry = [] }) => entry.flatMap(({ resource }) => (resource as FhirResource | undefined) ?? []))
  .flatMap((resource) => [resource, ...claimsOf([resource])]);

/** Shapes that generated data lacks: extended primitives, nulls, wrong types, misplaced elements. */
const odd: object[] = [
  { resourceType: 'Patient', birthDate: '1970', _birthDate: { extension: [{ url: 'u', valueString: 'x' }] } },
  { resourceType: 'Patient', name: [{ given: ['A', null], _given: [null, { extension: [{ url: 'u' }] }] }, null] },
  {
    resourceType: 'Patient',
    name: { family: 'no list' },
    telecom: 'text',
    address: [],
    identifier: [{}],
    active: false,
  },
  { resourceType: 'Patient', deceasedBoolean: false, telecom: [{ system: 'phone', value: '1' }, { system: 'email' }] },
  { resourceType: 'Patient', deceasedDateTime: '2020', _gender: { extension: [] }, meta: { tag: [{ code: 't' }] } },
  { resourceType: 'Patient', gender: '', generalPractitioner: [null, { reference: 'Organization/o' }, 'x'] },
  { resourceType: 'Observation', subject: { reference: 'https://x/Patient/p' }, valueInteger: 0, component: [{}] },
  { resourceType: 'Observation', subject: { type: 'Patient', identifier: { value: '1' } }, valueBoolean: false },
  {
    resourceType: 'Observation',
    subject: { reference: 'Patient?identifier=1' },
    valueString: 'text',
    effective: '2020',
  },
  { resourceType: 'Observation', subject: { reference: '#p' }, contained: [{ resourceType: 'Patient', id: 'p' }] },
  {
    resourceType: 'Observation',
    component: [{ valueQuantity: { value: 1 } }, { valueCodeableConcept: { text: 'x' } }],
  },
  { resourceType: 'Condition', onsetAge: { value: 3 }, abatementString: 'over', asserter: { reference: 'Patient/p' } },
  { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Composition', id: 'c' } }, { resource: null }] },
  { resourceType: 'Group', characteristic: [{ code: { text: 'x' }, valueBoolean: true }, { valueRange: {} }] },
  { resourceType: 'ValueSet', useContext: [{ valueQuantity: { value: 2 }, code: { code: 'age' } }], url: 'http://v' },
];

const ofExpression = (expression: string, steps: Steps) => ({
  element: /^\(*\w+\.(\w+)/.exec(expression)?.[1] ?? '',
  path: compilePath(expression, steps),
});

const paths = new Map(
  resourceTypes().map((type) => {
    const steps: Steps = new Map();
    const expressions = [...supportedParameters(type).values()].flatMap((parameter) => parameter.expressions);
    return [type, expressions.map((expression) => ({ expression, ...ofExpression(expression, steps) }))];
  }),
);

/** Expects the FHIRPath engine and the walk to find equal values at each path in a resource. */
function expectSame(resource: object): void {
  const typed = resource as Resource;
  const walk = new Walk(typed);
  const elements = Object.keys(resource);
  const expected: unknown[] = [];
  const found: unknown[] = [];
  for (const { expression, element, path } of paths.get(typed.resourceType) ?? []) {
    const present = elements.some((name) => name.startsWith(element));
    const engine = present ? evalFhirPathTyped(expression, [toTypedValue(resource)]) : [];
    expected.push([expression, ...engine.map(({ type, value }) => ({ type, value }))]);
    found.push([expression, ...walk.valuesAt(path).map(({ type, value }) => ({ type, value }))]);
  }
  expect(found, JSON.stringify(resource)).toEqual(expected);
}

describe('a walk finds what the FHIRPath engine finds', () => {
  it('in everything the generator makes, by every search parameter', () => {
    expect(generated.length).toBeGreaterThan(3000);
    for (const resource of generated) expectSame(resource);
  });

  it.each(odd.map((resource) => [JSON.stringify(resource), resource]))('in %s', (_, resource) => expectSame(resource));

  it('in resources that lost an element or got one of another', () => {
    const holders = generated.slice(0, 400);
    holders.forEach((resource, index) => {
      const other = generated[(index * 7919) % generated.length] ?? {};
      const { resourceType: _, ...elements } = other as Resource;
      const [first] = Object.keys(elements).slice(index % 5);
      expectSame({ ...elements, ...resource, ...(first ? { [first]: Object.values(elements)[0] } : {}) });
    });
  });
});

describe('compilePath', () => {
  it('leaves to the engine nothing but functions and unusual forms', () => {
    const all = [...paths.values()].flat();
    expect(all.filter(({ path }) => path.step).length).toBeGreaterThan(all.length * 0.95);
    expect(all.filter(({ path }) => !path.rest).length).toBeGreaterThan(all.length * 0.8);
  });
});
