import type { Member } from '#lib/data/member/memberships.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { writingPermissionOfMember } from '#lib/smart/permission/member-permission.ts';

/** A member as the writer of one patient's record at the EHR's own pages. */
export function chartWriter(member: Member, patient: string) {
  const { id: sandboxId, slug } = member.sandbox;
  const permission = writingPermissionOfMember(member, patient);
  return { sandboxId, permission, now: new Date(), base: fhirBaseOf(slug) };
}
