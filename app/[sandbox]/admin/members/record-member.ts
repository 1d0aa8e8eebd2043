import type { Standing } from '#lib/data/member/members.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { recordChange } from '../record-change.ts';

/** Has it recorded in the audit log that `admin` added (C), changed (U) or removed (D) a member or an invitation. */
export function recordMember(admin: Member, action: 'C' | 'U' | 'D', about: Record<string, string | undefined>): void {
  recordChange(admin, { kind: 'member', action, page: '/members', about });
}

/** A standing as the audit log has it. */
export function recordedStanding({ role, fhirUser, proxyFor }: Standing): Record<string, string | undefined> {
  return { role, fhirUser: fhirUser ?? undefined, proxyFor: proxyFor.join(',') };
}
