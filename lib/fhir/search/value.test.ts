import { describe, expect, it } from 'vitest';
import { alternatives, parseDate, parseQuantity, parseReferenceValue, parseToken } from './value.ts';

describe('alternatives', () => {
  it.each([
    ['a', ['a']],
    ['a,b', ['a', 'b']],
    ['a\\,b,c', ['a\\,b', 'c']],
    ['a\\\\,b', ['a\\\\', 'b']],
    [',', ['', '']],
    ['a\\', ['a\\']],
  ])('of %j', (value, expected) => {
    expect(alternatives(value)).toEqual(expected);
  });
});

describe('parseToken', () => {
  it.each([
    ['code', { code: 'code' }],
    ['http://loinc.org|1975-2', { system: 'http://loinc.org', code: '1975-2' }],
    ['|code', { system: '', code: 'code' }],
    ['http://loinc.org|', { system: 'http://loinc.org' }],
    ['a\\|b', { code: 'a|b' }],
    ['s|a|b', { system: 's', code: 'a|b' }],
    ['|', undefined],
  ])('%j', (text, expected) => {
    expect(parseToken(text)).toEqual(expected);
  });

  it('replaces a text too long for an index by its digest', () => {
    expect(parseToken('x'.repeat(300))?.code).toMatch(/^sha256:.{43}$/);
  });
});

describe('parseDate', () => {
  it.each([
    ['2024', 'eq'],
    ['ge2024-01', 'ge'],
    ['sa2024-01-01T10:00:00Z', 'sa'],
    ['ap2024', 'ap'],
  ])('%s has the prefix %s', (text, prefix) => {
    expect(parseDate(text)?.prefix).toBe(prefix);
  });

  it.each(['xx2024', 'ge', 'gege2024', '2024-99'])('%s is none', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });
});

describe('parseQuantity', () => {
  it.each([
    ['5.4', { prefix: 'eq', value: '5.4', margin: '5e-2' }],
    ['100', { prefix: 'eq', value: '100', margin: '5e-1' }],
    ['-1.50', { prefix: 'eq', value: '-1.50', margin: '5e-3' }],
    ['1e2', { prefix: 'eq', value: '1e2', margin: '5e1' }],
    ['5.40e-3', { prefix: 'eq', value: '5.40e-3', margin: '5e-6' }],
    [
      'lt60|http://unitsofmeasure.org|kg',
      { prefix: 'lt', value: '60', margin: '5e-1', system: 'http://unitsofmeasure.org', code: 'kg' },
    ],
    ['5||mg', { prefix: 'eq', value: '5', margin: '5e-1', code: 'mg' }],
  ])('%s', (text, expected) => {
    expect(parseQuantity(text)).toEqual(expected);
  });

  it.each(['', 'x', '1.', '.5', '1e999', 'NaN', 'Infinity', '1|a|b|c', '1'.repeat(31), '--1', '1 '])(
    '%j is none',
    (text) => {
      expect(parseQuantity(text)).toBeUndefined();
    },
  );
});

describe('parseReferenceValue', () => {
  const base = 'https://ehr.example/one/fhir';
  it.each([
    ['1', { id: '1' }],
    ['Patient/1', { resourceType: 'Patient', id: '1' }],
    ['Patient/1/_history/2', { resourceType: 'Patient', id: '1' }],
    [`${base}/Patient/1`, { resourceType: 'Patient', id: '1' }],
    ['https://other.example/fhir/Patient/1', { resourceType: '', id: 'https://other.example/fhir/Patient/1' }],
    ['urn:uuid:1', { resourceType: '', id: 'urn:uuid:1' }],
    ['Patient/', undefined],
    ['a b', undefined],
  ])('%s', (text, expected) => {
    expect(parseReferenceValue(text, base)).toEqual(expected);
  });
});
