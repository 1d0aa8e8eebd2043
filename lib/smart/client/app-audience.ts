import { parseScope, splitScope } from '../scope/scope.ts';

/** Scopes about other apps and their users. */
const aboutOthers = new Set(['smart/orchestrate_launch', '__introspect']);

/**
 * Whether an app is meant for patients: it asks for data of the one patient in its context, and for nothing that a user
 * of the hospital reaches beyond that.
 */
export function isForPatients(scope: string): boolean {
  const scopes = splitScope(scope);
  if (scopes.some((text) => aboutOthers.has(text))) return false;
  const levels = scopes.map(parseScope).flatMap((parsed) => (parsed?.kind === 'resource' ? [parsed.level] : []));
  return levels.length > 0 && levels.every((level) => level === 'patient');
}

/** The apps that a member with this role is offered: patients those meant for them, staff all. */
export function appsFor<App extends { scope: string }>(
  role: 'admin' | 'clinician' | 'patient',
  apps: readonly App[],
): App[] {
  return role === 'patient' ? apps.filter(({ scope }) => isForPatients(scope)) : [...apps];
}
