import { parseScope, splitScope } from '../scope/scope.ts';

/** Scopes about other apps and their users. */
const aboutOthers = new Set(['smart/orchestrate_launch', '__introspect']);

/**
 * Tells whether an app is meant for patients: it asks for data of the patient in its context, and for nothing beyond
 * that record.
 */
export function isForPatients(scope: string): boolean {
  const scopes = splitScope(scope);
  if (scopes.some((text) => aboutOthers.has(text))) return false;
  const levels = scopes.map(parseScope).flatMap((parsed) => (parsed?.kind === 'resource' ? [parsed.level] : []));
  return levels.length > 0 && levels.every((level) => level === 'patient');
}

/**
 * The apps that are offered to a member with this role: the ones meant for patients to a patient, all of them to staff.
 */
export function appsFor<App extends { scope: string }>(
  role: 'admin' | 'clinician' | 'patient',
  apps: readonly App[],
): App[] {
  return role === 'patient' ? apps.filter(({ scope }) => isForPatients(scope)) : [...apps];
}
