import { describe, expect, expectTypeOf, it } from 'vitest';
import { readTypedParameters, TypedParameters, toTypedParameters } from './parameters-form.ts';

describe('readTypedParameters', () => {
  it.each<[TypedParameters, object]>([
    [{}, {}],
    [{ intent: '  ', others: '', fhirContext: '\n' }, {}],
    [{ intent: ' reconcile-medications ' }, { intent: 'reconcile-medications' }],
    [{ needPatientBanner: 'false' }, { need_patient_banner: false }],
    [{ needPatientBanner: 'true' }, { need_patient_banner: true }],
    [
      { fhirContext: 'ImagingStudy/1\r\n\r\n Task/2 https://example.org/role \n' },
      { fhirContext: [{ reference: 'ImagingStudy/1' }, { reference: 'Task/2', role: 'https://example.org/role' }] },
    ],
    [
      { fhirContext: '[{"canonical":"https://example.org/Questionnaire/q|1","type":"Questionnaire"}]' },
      { fhirContext: [{ canonical: 'https://example.org/Questionnaire/q|1', type: 'Questionnaire' }] },
    ],
    [
      { fhirContext: '[{"identifier":{"system":"urn:x","value":"1"},"type":"ImagingStudy"}]' },
      { fhirContext: [{ identifier: { system: 'urn:x', value: '1' }, type: 'ImagingStudy' }] },
    ],
    [{ appContext: 'order 12' }, { appContext: 'order 12' }],
    [{ appContext: '{"order":12}' }, { appContext: { order: 12 } }],
    [{ appContext: '{not JSON' }, { appContext: '{not JSON' }],
    [
      { tenant: 'ward', styleUrl: 'https://s.example/style.json' },
      { tenant: 'ward', smart_style_url: 'https://s.example/style.json' },
    ],
    [{ messagingOrigin: 'https://ehr.example.org:8443' }, { smart_messaging_origin: 'https://ehr.example.org:8443' }],
    [{ others: '{"ward":"3 West","n":[1,{"a":null}]}' }, { ward: '3 West', n: [1, { a: null }] }],
  ])('%j is %j', (typed, parameters) => expect(readTypedParameters(typed)).toEqual({ parameters }));

  it.each<[TypedParameters, keyof TypedParameters, string]>([
    [{ fhirContext: '[{"role":"launch"}]' }, 'fhirContext', 'fhirContext[0]'],
    [{ fhirContext: 'Patient/1' }, 'fhirContext', 'Patient'],
    [{ fhirContext: 'Task/1 helper' }, 'fhirContext', 'role'],
    [{ fhirContext: '[' }, 'fhirContext', 'not JSON'],
    [{ styleUrl: 'javascript:alert(1)' }, 'styleUrl', 'https'],
    [{ messagingOrigin: 'https://ehr.example.org/path' }, 'messagingOrigin', 'origin'],
    [{ others: '[1]' }, 'others', 'JSON object'],
    [{ others: '{' }, 'others', 'not JSON'],
    [{ others: '{"patient":"1"}' }, 'others', 'patient'],
    [{ others: '{"access_token":"x"}' }, 'others', 'access_token'],
    [{ others: '{"__proto__":{"a":1}}' }, 'others', '__proto__'],
    [{ intent: 'a', others: '{"intent":"b"}' }, 'others', 'intent'],
    [{ tenant: 'a\0b' }, 'tenant', 'not text'],
  ])('refuses %j at %s', (typed, field, named) => {
    expect(readTypedParameters(typed)).toEqual({ issues: { [field]: expect.stringContaining(named) } });
  });
});

describe('toTypedParameters', () => {
  it.each([
    {},
    { intent: 'x', tenant: 't', need_patient_banner: false },
    { fhirContext: [{ reference: 'Task/1', role: 'urn:r' }], appContext: { a: [1] } },
    { appContext: 'plain', smart_style_url: 'https://s.example/', smart_messaging_origin: 'https://m.example' },
    { ward: '3 West', deep: { a: null } },
  ])('%j can be read back', (parameters) => {
    const typed = toTypedParameters({ patient: 'p', encounter: 'e', ...parameters });
    expect(readTypedParameters(typed)).toEqual({ parameters });
  });

  it('names every field, so that none is forgotten when it is shown again', () => {
    expectTypeOf(toTypedParameters).returns.toEqualTypeOf<Record<keyof TypedParameters, string | undefined>>();
    expect(Object.keys(toTypedParameters({})).sort()).toEqual(TypedParameters.keyof().options.sort());
  });
});
