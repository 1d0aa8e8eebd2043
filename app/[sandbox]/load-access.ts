import type { GrantedAccess } from '#components/access/granted-access.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { findAccessGrants } from '#lib/data/token/access-grants.ts';
import type { GrantFilter } from '#lib/data/token/live-grants.ts';
import { partOf, rangeOf, type ShownRange } from './list/numbered-page.ts';
import { namedPatient, patientNames } from './patient-names.ts';

/** One page of a list of access. */
interface AccessRequest {
  filter: GrantFilter;
  /** From 1. */
  page: number;
  /** By app, so that the grants of one stand together, or by latest use. */
  order: 'app' | 'use';
  /** Path of the page below the sandbox, for the audit log. */
  path: string;
}

/** What a page of a list of access shows. */
export interface AccessList {
  grants: GrantedAccess[];
  range: ShownRange;
}

/** The grants that `request` asks for, with the names of those patients whom `member` may see. */
export async function loadAccess(member: Member, request: AccessRequest, now: Date): Promise<AccessList> {
  const { filter, page, order, path } = request;
  const { grants, total } = await findAccessGrants(member.sandbox.id, filter, { ...partOf(page), order }, now);
  const ids = grants.flatMap(({ patient }) => patient ?? []);
  const names = await patientNames(member, path, ids);
  return {
    grants: grants.map(({ patient, ...grant }) => ({ ...grant, patient: namedPatient(patient, names) })),
    range: rangeOf(page, grants.length, total),
  };
}
