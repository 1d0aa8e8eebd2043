import { describe, expect, test } from 'vitest';
import { advise } from './advise.ts';

const patient = {
  resourceType: 'Patient',
  id: 'baby',
  birthDate: '2026-11-18',
  _birthDate: {
    extension: [
      { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '2026-11-18T06:00:00Z' },
    ],
  },
};

function measured(value: number, effectiveDateTime: string) {
  const valueQuantity = { value, unit: 'mg/dL', code: 'mg/dL' };
  return { resource: { resourceType: 'Observation', id: 'b1', status: 'final', effectiveDateTime, valueQuantity } };
}

function ask(prefetch: object | undefined) {
  return advise({ hook: 'patient-view', context: { patientId: 'baby' }, prefetch }, 'https://ehr.example');
}

const bundleOf = (...entry: object[]) => ({ resourceType: 'Bundle', type: 'searchset', entry });

describe('the newborn bilirubin service', () => {
  test.each([
    [4, 'info', 'low risk zone'],
    [10, 'info', 'low-intermediate risk zone'],
    [12, 'warning', 'high-intermediate risk zone'],
    [18, 'critical', 'high risk zone'],
  ])('says of %d mg/dL at 48 h that it is %s', (value, indicator, words) => {
    const answer = ask({ patient, bilirubin: bundleOf(measured(value, '2026-11-20T06:00:00Z')) });
    expect(answer).toMatchObject({
      status: 200,
      cards: [{ indicator, summary: expect.stringContaining(`48 h of life: ${words}`) }],
    });
    expect(answer).toMatchObject({
      cards: [
        {
          links: [
            {
              type: 'smart',
              url: 'https://ehr.example/samples/bilirubin-chart/launch',
              appContext: expect.stringContaining('Observation/b1'),
            },
          ],
        },
      ],
    });
  });

  test.each([[null], [bundleOf()], [bundleOf(measured(4, '2026-11-18T07:00:00Z'))]])(
    'has no card without a value on the nomogram: %j',
    (bilirubin) => {
      expect(ask({ patient, bilirubin })).toEqual({ status: 200, cards: [] });
    },
  );

  test.each([[undefined], [{ patient }], [{ bilirubin: null }], [{ patient: null, bilirubin: null }]])(
    'cannot work with the prefetch %j',
    (prefetch) => {
      expect(ask(prefetch)).toMatchObject({ status: 412 });
    },
  );

  test.each([[undefined], [{}], [{ hook: 'order-sign', context: { patientId: 'baby' } }], ['text']])(
    'refuses %j',
    (body) => {
      expect(advise(body, 'https://ehr.example')).toMatchObject({ status: 400 });
    },
  );
});
