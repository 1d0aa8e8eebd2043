import type { Standing } from '#lib/data/member/members.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { recordChange } from '../record-change.ts';

/** Records in the audit log that `admin` added (C), changed (U) or removed (D) a member or an invitation. */
export function recordMember(
  admin: Member,
  action: 'C' | 'U' | 'D',
  about: Record<string, string | undefined>,
): Promise<void> {
  return recordChange(admin, { kind: 'member', action, page: '/members', about });
}

/** A member's standing in the form in which the audit log keeps it. */
export function recordedStanding({ role, fhirUser, proxyFor }: Standing): Record<string, string | undefined> {
  return { role, fhirUser: fhirUser ?? undefined, proxyFor: proxyFor.join(',') };
}
