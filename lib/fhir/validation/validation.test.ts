import { describe, expect, it } from 'vitest';
import { validateResource } from './validation.ts';

const observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { reference: 'Patient/1' },
  valueQuantity: { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
};

const nested = (levels: number): unknown => {
  let value: Record<string, unknown> = { url: 'http://example.org/x', valueString: 'x' };
  for (let level = 0; level < levels; level++) {
    value = { url: 'http://example.org/x', extension: [value] };
  }
  return { resourceType: 'Patient', extension: [value] };
};

describe('validateResource', () => {
  it.each([
    ['a Patient', { resourceType: 'Patient', id: 'a', name: [{ family: "O'Brien" }], birthDate: '1970-01-31' }],
    ['an Observation', observation],
    [
      'a primitive extension',
      { resourceType: 'Patient', _birthDate: { extension: [{ url: 'http://x.org', valueCode: 'a' }] } },
    ],
    ['a code of a code system that is not listed here', { resourceType: 'Patient', language: 'rm-CH' }],
    [
      'a concept in words only, where a required one may be so',
      {
        resourceType: 'AllergyIntolerance',
        patient: { reference: 'Patient/1' },
        verificationStatus: { text: 'sure' },
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
        },
      },
    ],
    ['a deep but real nesting', nested(10)],
  ])('accepts %s', (_, resource) => {
    expect(validateResource(resource)).toEqual([]);
  });

  it.each<[string, unknown, string, RegExp]>([
    ['null', null, 'Resource', /JSON object/],
    ['undefined', undefined, 'Resource', /JSON object/],
    ['a string', 'Patient', 'Resource', /JSON object/],
    ['an array', [{ resourceType: 'Patient' }], 'Resource', /JSON object/],
    ['no resourceType', { id: 'x' }, 'Resource.resourceType', /Missing/],
    ['a resourceType that is no string', { resourceType: 7 }, 'Resource.resourceType', /Missing/],
    ['an unknown resourceType', { resourceType: 'Pacient' }, 'Resource.resourceType', /Unknown.*Pacient/],
    ['a data type', { resourceType: 'HumanName' }, 'Resource.resourceType', /Unknown/],
    ['resourceType __proto__', { resourceType: '__proto__' }, 'Resource.resourceType', /Unknown/],
    ['own __proto__', JSON.parse('{"resourceType":"Patient","__proto__":{"a":1}}'), 'Patient', /__proto__/],
    [
      'constructor deep inside',
      { resourceType: 'Patient', name: [{ constructor: { a: 1 } }] },
      'Patient.name[0]',
      /constructor/,
    ],
    ['prototype', { resourceType: 'Patient', prototype: {} }, 'Patient', /prototype/],
    ['an endless name', { resourceType: 'Patient', ['aB'.repeat(500_000)]: 1 }, 'Patient', /additional property "aBaB/],
    ['endless nesting', nested(5000), 'Patient', /deeper/],
    ['an unknown element', { resourceType: 'Patient', shoeSize: 9 }, 'Patient.shoeSize', /additional property/],
    ['a wrong cardinality', { resourceType: 'Patient', name: { family: 'A' } }, 'Patient.name', /array/],
    ['a wrong primitive', { resourceType: 'Patient', active: 'yes' }, 'Patient.active', /boolean/],
    ['a date that is none', { resourceType: 'Patient', birthDate: '31.01.1970' }, 'Patient.birthDate', /date/],
    ['a missing required element', { ...observation, status: undefined }, 'Observation.status', /required/],
    ['a null element', { ...observation, status: null }, 'Observation.status', /./],
    ['a broken invariant', { resourceType: 'Patient', contact: [{ gender: 'male' }] }, 'Patient.contact', /pat-1/],
    ['a code outside its value set', { resourceType: 'Patient', gender: 'bogus' }, 'Patient.gender', /male, female/],
    ['a code deep inside', { resourceType: 'Patient', name: [{ use: 'x' }] }, 'Patient.name[0].use', /name-use/],
    ['a status of another resource', { ...observation, status: 'active' }, 'Observation.status', /"active"/],
    [
      'a concept outside its value set',
      {
        resourceType: 'Condition',
        subject: { reference: 'Patient/1' },
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'bad' }],
        },
      },
      'Condition.clinicalStatus',
      /"bad" is not a code of/,
    ],
    ['an id that is too long', { resourceType: 'Patient', id: 'x'.repeat(65) }, 'Patient.id', /id/],
  ])('refuses %s', (_, resource, expression, diagnostics) => {
    const issues = validateResource(resource);
    const text = issues.map((issue) => `${issue.severity} ${issue.expression}: ${issue.diagnostics}`);
    expect(issues.some((issue) => issue.severity === 'error')).toBe(true);
    expect(text.find((line) => line.includes(expression))).toMatch(diagnostics);
  });

  it('stays fast with very many codes, valid or not', () => {
    const named = (use: string) => ({ resourceType: 'Patient', name: Array.from({ length: 10_000 }, () => ({ use })) });
    expect(validateResource(named('official'))).toEqual([]);
    const issues = validateResource(named('x'));
    expect(issues).toHaveLength(101);
    expect(issues.at(-1)).toMatchObject({ severity: 'error', diagnostics: '9900 more are not listed' });
  });

  it('leaves the resource and Object.prototype alone', () => {
    const text = '{"resourceType":"Patient","__proto__":{"polluted":true},"active":true}';
    const resource = JSON.parse(text);
    validateResource(resource);
    expect(JSON.stringify(resource)).toBe(text);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
