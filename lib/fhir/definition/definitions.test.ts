import { describe, expect, it } from 'vitest';
import { knownProfiles } from '../validation/profiles.ts';
import { isResourceType, searchParametersFor } from './definitions.ts';
import { resourceTypes } from './resource-types.ts';

describe('isResourceType', () => {
  it.each(['Patient', 'Observation', 'Bundle', 'OperationOutcome', 'Binary'])('%s is one', (name) => {
    expect(isResourceType(name)).toBe(true);
  });

  it.each([
    '',
    'patient',
    'Resource',
    'DomainResource',
    'HumanName',
    'Pacient',
    '__proto__',
    'constructor',
    'toString',
  ])('%j is not', (name) => {
    expect(isResourceType(name)).toBe(false);
  });
});

it('takes no profile for a resource type, once profiles are known', () => {
  const before = resourceTypes();
  const [profile = ''] = knownProfiles('Patient').map((canonical) => canonical.split('|')[0]);
  expect(profile).toContain('us-core-patient');
  expect(isResourceType(profile)).toBe(false);
  expect(resourceTypes()).toEqual(before);
});

describe('searchParametersFor', () => {
  const codes = (type: string) => searchParametersFor(type).map((parameter) => parameter.code);

  it('lists the type and its ancestors', () => {
    expect(codes('Observation')).toEqual(expect.arrayContaining(['_id', '_lastUpdated', 'code', 'patient', 'date']));
    expect(codes('Patient')).toEqual(expect.arrayContaining(['birthdate', 'family', 'identifier']));
  });

  it('keeps the parameters of other types out', () => {
    expect(codes('Patient')).not.toContain('code-value-quantity');
  });

  it('names no code twice', () => {
    expect(new Set(codes('Encounter')).size).toBe(codes('Encounter').length);
  });

  it.each(['Nope', '__proto__', 'Resource'])('is empty for %s', (type) => {
    expect(searchParametersFor(type)).toEqual([]);
  });
});
