import { expect, test } from 'vitest';
import { readDiscovery } from './discovery.ts';

const service = { id: 'one', hook: 'patient-view', title: 'One', description: 'Says one thing' };

test('a service is read whole', () => {
  const prefetch = { patient: 'Patient/{{context.patientId}}' };
  expect(readDiscovery({ services: [{ ...service, prefetch, usageRequirements: 'None', extension: {} }] })).toEqual({
    services: [{ ...service, id: undefined, serviceId: 'one', prefetch, usage: 'None' }].map(
      ({ id: _, ...rest }) => rest,
    ),
    problems: [],
  });
});

test.each([
  [
    { ...service, title: undefined },
    { title: 'one', prefetch: {}, usage: '' },
  ],
  [{ ...service, title: ' ' }, { title: 'one' }],
  [{ ...service, title: 'O\u202en\u200be' }, { title: 'One' }],
  [{ ...service, hook: 'order-sign' }, { hook: 'order-sign' }],
])('%j is read as %j', (sent, read) => {
  expect(readDiscovery({ services: [sent] })).toMatchObject({ services: [read], problems: [] });
});

test.each([
  [{ ...service, hook: 'medication-prescribe' }, 'one: the hook medication-prescribe is not supported here.'],
  [{ ...service, hook: 'patient-view@2.0' }, 'one: the hook patient-view@2.0 is not supported here.'],
  [{ ...service, hook: 'order-dispatch' }, 'one: the hook order-dispatch is not supported here.'],
  [{ ...service, hook: 'Patient-View' }, 'one: the hook Patient-View is not supported here.'],
  [{ ...service, hook: ['patient-view'] }, /^services\[1\] \(one\): hook/],
  [{ ...service, description: 'a\0b' }, /^services\[1\] \(one\): holds characters that are not text/],
  [{ ...service, prefetch: { '\ud800': 'Patient/1' } }, /holds characters that are not text/],
  [{ ...service, prefetch: [] }, /prefetch/],
  [{ ...service, prefetch: { patient: '' } }, /prefetch\.patient/],
  [{ ...service, hook: undefined }, /^services\[1\] \(one\): hook/],
  [{ ...service, id: undefined }, /^services\[1\]: id is missing/],
  [{ ...service, id: '../admin' }, /^services\[1\] \(\.\.\/admin\): id must be/],
  [{ ...service, id: 'a/b' }, /id must be/],
  [{ ...service, description: '' }, /description is empty/],
  [{ ...service, prefetch: { patient: 1 } }, /prefetch\.patient/],
  [null, /^services\[1\]: /],
  ['text', /^services\[1\]: /],
])('%j does not spoil the service beside it', (broken, problem) => {
  const found = readDiscovery({ services: [{ ...service, id: 'good' }, broken] });
  expect(found).toMatchObject({ services: [{ serviceId: 'good' }], problems: [expect.stringMatching(problem)] });
});

test('a service whose prefetch cannot be answered is used without it, and reported', () => {
  const prefetch = {
    good: 'Patient/{{context.patientId}}',
    old: 'Patient/{{Patient.id}}',
    open: 'Patient/{{context.patientId',
    type: 'Patients/{{context.patientId}}',
  };
  expect(readDiscovery({ services: [{ ...service, prefetch }] })).toMatchObject({
    services: [{ serviceId: 'one', prefetch }],
    problems: [
      'one: the prefetch old asks for {{Patient.id}}, which no hook has here. The service will not be given it.',
      'one: the prefetch open is neither a read nor a search. The service will not be given it.',
      'one: the prefetch type asks for Patients, which is no type of FHIR R4. The service will not be given it.',
    ],
  });
});

test('a service that is listed twice counts once; with another hook it is another', () => {
  const found = readDiscovery({ services: [service, service, { ...service, hook: 'order-sign' }] });
  expect(found).toMatchObject({
    services: [{ hook: 'patient-view' }, { hook: 'order-sign' }],
    problems: ['services[1] (one): is listed a second time.'],
  });
});

test.each([[null], [[]], [{}], [{ services: {} }], ['<html>'], [{ services: Array(101).fill(service) }]])(
  '%j is no discovery',
  (document) => {
    expect(readDiscovery(document)).toHaveProperty('problem');
  },
);
