import { describe, expect, test } from 'vitest';
import { CdsScope, cdsAddress, cdsServiceDefinition, serviceOfDefinition } from './service-definition.ts';

const origin = 'https://ehr.example';

test.each([
  ['https://cds.example', 'https://cds.example/cds-services'],
  ['https://cds.example/r4/', 'https://cds.example/r4/cds-services'],
  [' https://cds.example/cds-services/ ', 'https://cds.example/cds-services'],
  ['/samples', '/samples/cds-services'],
  ['https://ehr.example/samples', '/samples/cds-services'],
  ['http://localhost:8080', 'http://localhost:8080/cds-services'],
])('%s means the discovery endpoint %s', (given, endpoint) => {
  expect(cdsAddress({ origin }).parse(given)).toBe(endpoint);
});

test.each([
  '',
  'cds.example',
  'ftp://cds.example',
  'http://cds.example',
  'https://a:b@cds.example',
  'https://cds.example?x=y',
])('%s is no address of services', (given) => {
  expect(cdsAddress({ origin }).safeParse(given).success).toBe(false);
});

describe('scopes of a service', () => {
  test.each(['', 'patient/Observation.rs', ' user/Practitioner.r  patient/*.rs '])('%j may be given', (scope) => {
    expect(CdsScope.safeParse(scope).success).toBe(true);
  });
  test.each(['system/*.rs', 'openid', 'smart/orchestrate_launch', 'offline_access', 'nonsense'])(
    '%s may not',
    (scope) => {
      expect(CdsScope.safeParse(scope).success).toBe(false);
    },
  );
});

describe('the scope of a service of a sandbox file', () => {
  const prefetch = { labs: 'Observation?patient={{context.patientId}}', everybody: 'Patient?name=x' };
  const file = {
    url: 'https://cds.example',
    id: 'one',
    hook: 'patient-view',
    title: 'One',
    description: 'x',
    prefetch,
  };
  const read = (more: object) => serviceOfDefinition(cdsServiceDefinition({ origin }).parse({ ...file, ...more }));

  test('follows from what its templates need of the open patient, and no further', () => {
    expect(read({})).toMatchObject({ scope: 'patient/Observation.rs', impliedScope: true, enabled: true });
  });

  test('is what the file says, also beyond the open patient', () => {
    expect(read({ scope: 'user/Patient.rs' })).toMatchObject({ scope: 'user/Patient.rs', impliedScope: false });
  });
});
