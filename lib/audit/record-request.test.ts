import { describe, expect, it } from 'vitest';
import { nothingTouched } from '#lib/data/touched.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { recordOf } from './record-request.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const request = { method: 'GET', path: 'Patient/1', query: '', interaction: 'read', status: 200 };

describe('recordOf', () => {
  it('contains everything that is known', () => {
    const touched = { patients: new Set(['7/p1', '7/p2']), resources: new Set(['Patient/p1']) };
    expect(recordOf({ clientId: 'app', username: 'chen' }, { ...request, touched }, 'id', now)).toEqual({
      id: 'id',
      recorded: now,
      interaction: 'read',
      action: 'R',
      outcome: 0,
      status: 200,
      method: 'GET',
      path: 'Patient/1',
      query: '',
      clientId: 'app',
      username: 'chen',
      patients: ['p1', 'p2'],
      patientsAll: 2,
      entities: ['Patient/p1'],
      entitiesAll: 1,
    });
  });

  it('is bounded, and says how much there was in total', () => {
    const many = (count: number, name: string) => new Set(Array.from({ length: count }, (_, at) => `${name}/${at}`));
    const touched = { patients: many(2500, '7'), resources: many(3000, 'Observation') };
    const record = recordOf({}, { ...request, path: 'x'.repeat(5000), touched }, 'id', now);
    expect([record.patients.length, record.patientsAll]).toEqual([2000, 2500]);
    expect([record.entities.length, record.entitiesAll]).toEqual([100, 3000]);
    expect(record.path).toHaveLength(1000);
  });

  it.each([
    [200, undefined, 0],
    [200, 404, 4],
    [200, 500, 8],
    [403, 200, 4],
  ])('of HTTP %s with entries up to %s has the outcome %s', (status, worst, outcome) => {
    const touched = withoutUndefined({ ...nothingTouched(), worst });
    expect(recordOf({}, { ...request, status, touched }, 'id', now).outcome).toBe(outcome);
  });

  it.each([
    ['POST', 'C'],
    ['GET', 'R'],
    ['DELETE', 'D'],
  ])('of a launch by %s has the action %s', (method, action) => {
    const launch = { ...request, interaction: 'launch', method, touched: nothingTouched() };
    expect(recordOf({}, launch, 'id', now).action).toBe(action);
  });
});
