import { expect, it } from 'vitest';
import { scopeOfToday } from './scope-of-today.ts';

const all = 'openid user/*.cruds user/Observation.u patient/*.cruds smart/orchestrate_launch __introspect';

it.each([
  [{ role: 'admin' }, all],
  [{ role: 'clinician' }, all],
  [{}, all],
  [{ role: 'patient', patient: 'A' }, 'openid user/*.rs patient/*.cruds'],
  [{ role: 'patient' }, 'openid user/*.rs'],
] as const)('%j keeps %s', (bearer, expected) => {
  expect(scopeOfToday(all, bearer)).toBe(expected);
});
