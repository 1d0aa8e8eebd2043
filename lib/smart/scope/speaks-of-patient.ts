import { resourceScopes } from './scope.ts';

/** Whether a scope opens the record of the patient in context, as `patient/` scopes do; without that patient they open nothing. */
export function speaksOfPatient(scopes: readonly string[]): boolean {
  return resourceScopes(scopes.join(' ')).some(({ level }) => level === 'patient');
}
