import type { GrantedAccess } from '#components/access/granted-access.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { type AccessGrant, findAccessGrants } from '#lib/data/token/access-grants.ts';
import type { GrantFilter } from '#lib/data/token/live-grants.ts';
import { patientNames } from './patient-names.ts';

/** Grants on one page of a list. */
const pageSize = 50;

/** One page of a list of access, as a member may see it. */
export interface AccessList {
  grants: GrantedAccess[];
  total: number;
  /** 1-based numbers of the first and last grant on this page. */
  from: number;
  to: number;
}

/** Page `page` (from 1) of the grants that `filter` chooses, with the names of those patients whom `member` may see. */
export async function loadAccess(
  member: Member,
  filter: GrantFilter,
  page: number,
  order: 'app' | 'use',
  now: Date,
): Promise<AccessList> {
  const offset = (page - 1) * pageSize;
  const { grants, total } = await findAccessGrants(member.sandbox.id, filter, { offset, count: pageSize, order }, now);
  const ids = grants.flatMap(({ patient }) => patient ?? []);
  const names = await patientNames(member, order === 'use' ? 'admin/access' : 'access', ids);
  return { grants: grants.map((grant) => named(grant, names)), total, from: offset + 1, to: offset + grants.length };
}

function named({ patient: id, ...grant }: AccessGrant, names: Map<string | undefined, string>): GrantedAccess {
  return { ...grant, ...(id ? { patient: { id, name: names.get(id) } } : {}) };
}

/** The number of the page that an address asks for: 1 for anything that is none. */
export function pageNumber(asked: string | string[] | undefined): number {
  return typeof asked === 'string' && /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 1;
}
