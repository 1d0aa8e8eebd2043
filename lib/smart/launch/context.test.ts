import { describe, expect, it } from 'vitest';
import { checkLaunchParameters, toGrantContext } from './context.ts';

describe('checkLaunchParameters', () => {
  it('keeps JSON types, nested values and other alphabets', () => {
    const sent = { patient: 'BILIBABY', need_patient_banner: false, appContext: { größe: [1, null] } };
    expect(checkLaunchParameters(sent)).toEqual({ parameters: sent });
  });

  it.each([
    [undefined, 'JSON object'],
    [null, 'JSON object'],
    [[], 'JSON object'],
    ['patient', 'JSON object'],
    [{ access_token: 'x' }, 'access_token'],
    [{ scope: 'system/*.*' }, 'scope'],
    [JSON.parse('{"__proto__":{}}'), '__proto__'],
    [{ patient: 12 }, 'patient'],
    [{ patient: '' }, 'patient'],
    [{ patient: 'Patient/1' }, 'patient'],
    [{ encounter: null }, 'encounter'],
    [{ intent: 5 }, 'intent'],
    [{ tenant: { id: 1 } }, 'tenant'],
    [{ smart_style_url: true }, 'smart_style_url'],
    [{ smartStyleUrl: 5 }, 'smartStyleUrl'],
    [{ smart_messaging_origin: ['https://ehr.example'] }, 'smart_messaging_origin'],
    [{ fhirContext: [{ role: 'launch' }] }, 'fhirContext[0]'],
  ])('refuses %j', (sent, named) => {
    expect(checkLaunchParameters(sent)).toEqual({ issue: expect.stringContaining(named) });
  });
});

it.each([
  'access_token',
  'token_type',
  'expires_in',
  'scope',
  'refresh_token',
  'id_token',
  'state',
  'error',
  'error_description',
  'error_uri',
  'code',
  'iss',
  'authorization_details',
  'issued_token_type',
  'fhirUser',
  'profile',
  'username',
  'preferred_username',
  'name',
  'email',
  'role',
  'sub',
  'aud',
  'client_id',
  'active',
  'act',
  'cnf',
])('refuses %s, by which the server describes the token or its user, whatever its value', (name) => {
  for (const value of ['x', null, {}]) {
    expect(checkLaunchParameters({ patient: 'a', [name]: value })).toEqual({ issue: expect.stringContaining(name) });
  }
});

describe('toGrantContext', () => {
  it.each([
    [{}, {}],
    [{ intent: 'reconcile' }, { intent: 'reconcile' }],
    [{ patient: 'a' }, { patient: 'a', need_patient_banner: true }],
    [
      { patient: 'a', need_patient_banner: false },
      { patient: 'a', need_patient_banner: false },
    ],
    [
      { patient: 'a', need_patient_banner: 'false' },
      { patient: 'a', need_patient_banner: false },
    ],
    [
      { patient: 'a', need_patient_banner: 'true' },
      { patient: 'a', need_patient_banner: true },
    ],
    [{ smartStyleUrl: 'https://s' }, { smart_style_url: 'https://s' }],
    [{ smart_style_url: 'https://t', smartStyleUrl: 'https://s' }, { smart_style_url: 'https://t' }],
    [{ access_token: 'x', scope: 'y', code: 'z' }, {}],
    [{ fhirUser: 'Practitioner/x', sub: 'y', active: true, ward: 'z' }, { ward: 'z' }],
    [{ fhirContext: ['Task/1'] }, { fhirContext: [{ reference: 'Task/1' }] }],
    [{ fhirContext: [] }, {}],
  ])('turns %j into %j', (parameters, expected) => expect(toGrantContext(parameters)).toEqual(expected));
});

it.each([
  [{ intent: 'a\0b' }],
  [{ custom: ['\ud800'] }],
  [{ custom: JSON.parse('['.repeat(30_000) + ']'.repeat(30_000)) }],
])('refuses what could not be stored', (sent) => {
  expect(checkLaunchParameters(sent)).toEqual({ issue: expect.stringMatching(/^parameters (holds|is nested)/) });
});
