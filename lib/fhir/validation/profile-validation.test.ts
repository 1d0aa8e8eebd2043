import type { Extension, Observation, Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { knownProfiles, profileOf } from './profiles.ts';
import { validateResource } from './validation.ts';

const usCore = (name: string) => `http://hl7.org/fhir/us/core/StructureDefinition/us-core-${name}`;
const omb = 'urn:oid:2.16.840.1.113883.6.238';
const white = { system: omb, code: '2106-3', display: 'White' };

const race = (...extension: Extension[]): Extension => ({ url: usCore('race'), extension });
const text: Extension = { url: 'text', valueString: 'White' };

const patient = (changes: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  meta: { profile: [usCore('patient')] },
  identifier: [{ system: 'http://hospital.example/mrn', value: '1' }],
  name: [{ family: 'Chalmers' }],
  gender: 'female',
  ...changes,
});

const component = (code: string, quantity = {}) => ({
  code: { coding: [{ system: 'http://loinc.org', code }] },
  valueQuantity: { value: 120, unit: 'mm[Hg]', system: 'http://unitsofmeasure.org', code: 'mm[Hg]', ...quantity },
});
const category = (code: string, system = 'http://terminology.hl7.org/CodeSystem/observation-category') => [
  { coding: [{ system, code }] },
];
const pressure = (changes: Partial<Observation> = {}): Observation => ({
  resourceType: 'Observation',
  meta: { profile: [usCore('blood-pressure')] },
  status: 'final',
  category: category('vital-signs'),
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
  subject: { reference: 'Patient/1' },
  effectiveDateTime: '2026-11-01',
  component: [component('8480-6'), component('8462-4')],
  ...changes,
});

describe('a resource that claims a US Core profile', () => {
  it.each([
    ['a Patient', patient()],
    ['a Patient without elements that must only be supported', patient({ address: [{ text: 'somewhere' }] })],
    ['a race with a category', patient({ extension: [race({ url: 'ombCategory', valueCoding: white }, text)] })],
    ['a blood pressure', pressure()],
    [
      'more categories than the one that is asked for',
      pressure({ category: [...category('vital-signs'), ...category('x', 'http://x.example')] }),
    ],
    ['the version that is at hand', patient({ meta: { profile: [`${usCore('patient')}|5.0.1`] } })],
    [
      'an extension that the profile does not know',
      patient({ extension: [{ url: 'http://x.example', valueCode: 'a' }] }),
    ],
  ])('may be %s', (_, resource) => {
    expect(validateResource(resource)).toEqual([]);
  });

  it.each<[string, Patient | Observation, string, RegExp]>([
    ['an element that is missing', patient({ identifier: undefined }), 'Patient.identifier', /required/],
    ['an element within one', patient({ identifier: [{ value: '1' }] }), 'Patient.identifier[0].system', /required/],
    ['an element of an optional one', patient({ telecom: [{ value: '1' }] }), 'Patient.telecom[0].system', /required/],
    ['an invariant', patient({ name: [{ use: 'official' }] }), 'Patient', /us-core-6/],
    ['a required code', patient({ gender: 'f' as 'female' }), 'Patient.gender', /"f" is not a code/],
    ['an extension without a mandatory part', patient({ extension: [race()] }), 'Patient.extension[0].extension', /./],
    [
      'an extension without its text',
      patient({ extension: [race({ url: 'ombCategory', valueCoding: white })] }),
      'Patient.extension[0].extension',
      /slice 'text'/,
    ],
    [
      'a value of another type',
      patient({ extension: [race(text, { url: 'detailed', valueString: 'x' })] }),
      'Patient.extension[0].extension[1].value[x]',
      /its type/,
    ],
    [
      'a slice that occurs too often',
      patient({
        extension: [race(...Array.from({ length: 6 }, () => ({ url: 'ombCategory', valueCoding: white })), text)],
      }),
      'Patient.extension[0].extension',
      /'ombCategory': expected 0..5, but found 6/,
    ],
    ['a missing slice', pressure({ category: category('laboratory') }), 'Observation.category', /slice 'VSCat'/],
    [
      'a slice of another system',
      pressure({ category: category('vital-signs', 'http://x.example') }),
      'Observation.category',
      /VSCat/,
    ],
    ['another code than the fixed one', pressure({ code: { text: 'pressure' } }), 'Observation.code', /pattern/],
    ['too few components', pressure({ component: [component('8480-6')] }), 'Observation.component', /2..\*/],
    [
      'a slice without its unit',
      pressure({ component: [component('8480-6'), component('8462-4', { unit: undefined })] }),
      'Observation.component[1].value[x].unit',
      /expects 1..1/,
    ],
    [
      'a slice with another unit than the fixed one',
      pressure({ component: [component('8480-6', { code: 'kPa' }), component('8462-4')] }),
      'Observation.component[0].value[x].code',
      /fixes/,
    ],
    [
      'a profile of another type',
      patient({ meta: { profile: [usCore('blood-pressure')] } }),
      'Patient.meta.profile[0]',
      /is about Observation/,
    ],
    [
      'the second of two profiles',
      patient({ meta: { profile: ['http://x.example/p', usCore('patient')] }, name: undefined }),
      'Patient.name',
      /required/,
    ],
  ])('is refused for %s', (_, resource, expression, diagnostics) => {
    const errors = validateResource(JSON.parse(JSON.stringify(resource))).filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors.map((issue) => issue.expression)).toContain(expression);
    expect(errors.find((issue) => issue.expression === expression)?.diagnostics).toMatch(diagnostics);
  });

  it.each(['http://x.example/p', `${usCore('patient')}|99.0`, '__proto__'])(
    'is warned about when the definition of %s is not at hand',
    (profile) => {
      expect(validateResource(patient({ meta: { profile: [profile] }, identifier: undefined }))).toEqual([
        {
          severity: 'warning',
          expression: 'Patient.meta.profile[0]',
          diagnostics: expect.stringContaining('not at hand'),
        },
      ]);
    },
  );
});

describe('without a claim', () => {
  it('only base R4 is checked, before and after a profile was used', () => {
    validateResource(patient());
    expect(validateResource({ resourceType: 'Patient', contact: [{ name: { text: 'x' } }] })).toEqual([]);
    expect(validateResource({ resourceType: 'Patient', extension: [race()] })).not.toEqual([]);
    expect(validateResource({ resourceType: 'Patient', extension: [{ url: usCore('race'), valueCode: 'x' }] })).toEqual(
      [],
    );
  });

  it('profiles can be asked for', () => {
    const issues = validateResource({ resourceType: 'Patient' }, [usCore('patient')]);
    expect(issues.map(({ expression }) => expression)).toEqual(
      expect.arrayContaining(['Patient.identifier', 'Patient.name', 'Patient.gender']),
    );
  });
});

describe('knownProfiles', () => {
  it('lists those of a type', () => {
    expect(knownProfiles('Patient')).toEqual([`${usCore('patient')}|5.0.1`]);
    expect(knownProfiles('Basic')).toEqual([]);
    expect(profileOf(usCore('smokingstatus'))?.type).toBe('Observation');
  });
});

it('checks against a profile once, however often it is claimed', () => {
  // Ten thousand times would take minutes.
  const claimed = patient({ meta: { profile: Array.from({ length: 9000 }, () => usCore('patient')) } });
  expect(validateResource(claimed)).toEqual([]);
});
