import { expect, it } from 'vitest';
import { aboutParameterOf, namedPatients } from './patient-compartment.ts';

it.each([
  ['AllergyIntolerance', 'patient'],
  ['Observation', 'subject'],
  ['Condition', 'patient'],
  ['Task', 'patient'],
  ['MedicationDispense', 'patient'],
  ['Invoice', 'patient'],
  ['Composition', 'subject'],
  ['Coverage', 'beneficiary'],
  ['Appointment', 'actor'],
  ['AppointmentResponse', 'actor'],
  ['Schedule', 'actor'],
  ['Group', 'member'],
  ['ResearchSubject', 'individual'],
  ['Organization', undefined],
])('%s is about those whom its %s names', (type, parameter) => {
  expect(aboutParameterOf(type)).toBe(parameter);
});

it('names patients by the parameters of the compartment alone', () => {
  const reference = (parameter: string, targetType: string, targetId: string) => ({
    index: 'reference' as const,
    parameter,
    targetType,
    targetId,
  });
  const rows = [
    reference('subject', 'Patient', 'A'),
    reference('patient', 'Patient', 'A'),
    reference('performer', 'Patient', 'B'),
    reference('performer', 'Practitioner', 'C'),
    reference('focus', 'Patient', 'D'),
  ];
  expect(namedPatients('Observation', rows)).toEqual([
    { parameter: 'subject', patient: 'A' },
    { parameter: 'performer', patient: 'B' },
  ]);
});
