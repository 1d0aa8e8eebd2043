import { narrowToSubject } from './narrow-scopes.ts';
import { splitScope } from './scope.ts';

/** The user of a token that was issued earlier, as they are today, and the context that it was issued with. */
interface Bearer {
  role?: 'admin' | 'clinician' | 'patient' | undefined;
  patient?: string | undefined;
  encounter?: string | undefined;
}

/**
 * The part of a token's `scope` that its user can grant today: whoever has become a patient since writes by no `user/`
 * scope any more, launches no apps for others and introspects nothing. Backend services have no user and no role.
 */
export function scopeOfToday(scope: string, { role, patient, encounter }: Bearer): string {
  return role === 'patient' ? narrowToSubject(splitScope(scope), { role, patient, encounter }).join(' ') : scope;
}
