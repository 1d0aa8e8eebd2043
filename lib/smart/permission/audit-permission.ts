import { auditEventType } from '#lib/fhir/audit/record.ts';
import type { Verb } from '../scope/scope.ts';
import type { Permission } from './permission.ts';

/**
 * The reason why a token may not read the audit log; undefined when it may. Only administrators may, by a `user/` scope
 * without search parameters; `patient/` and `system/` scopes reach nothing of it.
 */
export function auditRefusal(
  role: 'admin' | 'clinician' | 'patient' | undefined,
  { scopes, userPatients }: Permission,
  verb: Verb,
): { reason: string; scope?: string } | undefined {
  if (role !== 'admin' || userPatients) {
    return { reason: 'The audit log is for administrators of this sandbox: the access token is not that of one.' };
  }
  const covered = scopes.some(
    ({ level, resourceType, verbs, parameters }) =>
      level === 'user' &&
      [auditEventType, '*'].includes(resourceType) &&
      verbs.includes(verb) &&
      parameters.length === 0,
  );
  const scope = `user/${auditEventType}.${verb}`;
  return covered ? undefined : { reason: `The scope ${scope} is missing.`, scope };
}
