import type { GrantedAccess } from '#components/access/granted-access.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { findAccessGrants } from '#lib/data/token/access-grants.ts';
import type { GrantFilter } from '#lib/data/token/live-grants.ts';
import { partOf, rangeOf, type ShownRange } from './_list/numbered-page.ts';
import { namedPatient, patientNames } from './patient-names.ts';

/** A request for one page of a list of access. */
interface AccessRequest {
  filter: GrantFilter;
  /** From 1. */
  page: number;
  /** By app, so that grants of the same app are together, or by latest use. */
  order: 'app' | 'use';
  /** Path of the page below the sandbox, for the audit log. */
  path: string;
}

/** A page of a list of access. */
export interface AccessList {
  grants: GrantedAccess[];
  range: ShownRange;
}

/** Reads the requested page of grants, with the names of patients whom `member` may see. */
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
