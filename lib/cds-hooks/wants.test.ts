import { expect, it } from 'vitest';
import { wantsOf } from './wants.ts';

const prefetch = {
  patient: 'Patient/{{context.patientId}}',
  labs: 'Observation?patient={{context.patientId}}',
  everybody: 'Condition?code=x',
};

it.each<[given: string, ticked: string[], others: string]>([
  ['', [], ''],
  ['patient/Patient.r', ['patient/Patient.r'], ''],
  ['patient/*.rs', ['patient/Patient.r', 'patient/Observation.rs'], 'patient/*.rs'],
  ['user/Condition.rs patient/Device.r', ['user/Condition.rs'], 'patient/Device.r'],
])('given %j, of what the templates need these are ticked: %j', (scope, ticked, others) => {
  const { wants, ...rest } = wantsOf({ prefetch, scope });
  expect(wants.filter(({ given }) => given).map((want) => want.scope)).toEqual(ticked);
  expect(rest).toEqual({ others });
});

it('says in words what is wanted, and what goes beyond the open patient', () => {
  expect(wantsOf({ prefetch, scope: '' }).wants).toEqual([
    expect.objectContaining({ scope: 'patient/Patient.r', beyondPatient: false }),
    {
      scope: 'patient/Observation.rs',
      words: 'See measurements and laboratory results of this patient.',
      given: false,
      beyondPatient: false,
    },
    {
      scope: 'user/Condition.rs',
      words: 'See problems and diagnoses of every patient whom the user may see.',
      given: false,
      beyondPatient: true,
    },
  ]);
});
