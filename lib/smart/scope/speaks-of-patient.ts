import { resourceScopes } from './scope.ts';

/** Tells whether there is a `patient/` scope: those need a patient in context, and permit nothing without one. */
export function speaksOfPatient(scopes: readonly string[]): boolean {
  return resourceScopes(scopes.join(' ')).some(({ level }) => level === 'patient');
}
