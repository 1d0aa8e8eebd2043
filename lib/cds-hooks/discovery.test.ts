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
  [{ ...service, hook: 'order-sign' }, { hook: 'order-sign' }],
])('%j is read as %j', (sent, read) => {
  expect(readDiscovery({ services: [sent] })).toMatchObject({ services: [read], problems: [] });
});

test.each([
  [{ ...service, hook: 'medication-prescribe' }, 'one: the hook medication-prescribe is not supported here.'],
  [{ ...service, hook: 'patient-view@2.0' }, 'one: the hook patient-view@2.0 is not supported here.'],
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
