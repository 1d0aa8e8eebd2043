import { describe, expect, it } from 'vitest';
import { expansionOf } from './value-set.ts';

describe('expansionOf', () => {
  it('lists a code system, whatever version is asked for', () => {
    const genders = expansionOf('http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1');
    expect([...(genders?.get('http://hl7.org/fhir/administrative-gender') ?? [])]).toEqual([
      'male',
      'female',
      'other',
      'unknown',
    ]);
    expect(expansionOf('http://hl7.org/fhir/ValueSet/administrative-gender')).toBe(genders);
  });

  it('reaches nested concepts', () => {
    const statuses = expansionOf('http://hl7.org/fhir/ValueSet/condition-clinical');
    expect(statuses?.get('http://terminology.hl7.org/CodeSystem/condition-clinical')).toEqual(
      new Set(['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved']),
    );
  });

  it.each([
    'http://hl7.org/fhir/ValueSet/mimetypes',
    'http://hl7.org/fhir/ValueSet/ucum-units',
    'http://nowhere.example/x',
    '',
  ])('does not pretend to know %j', (url) => {
    expect(expansionOf(url)).toBeUndefined();
  });
});
