import type { LaunchRecord } from '#components/launch/launch-record.ts';
import { findLaunches, type LaunchFilter, type ListedLaunch } from '#lib/data/launch/list.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { textParameter } from '#lib/smart/launch/context.ts';
import { launchStatus } from '#lib/smart/launch/status.ts';
import { patientNames } from '../../patient-names.ts';

/** Launches on one page of the list. */
const pageSize = 50;

/** One page of the launches of a sandbox, as a member may see it. */
export interface LaunchList {
  launches: LaunchRecord[];
  total: number;
  /** 1-based numbers of the first and last launch on this page. */
  from: number;
  to: number;
}

/** Page `page` (from 1) of the launches that `filter` chooses, with the names of those patients whom `member` may see. */
export async function loadLaunches(member: Member, filter: LaunchFilter, page: number, now: Date): Promise<LaunchList> {
  const offset = (page - 1) * pageSize;
  const { launches, total } = await findLaunches(member.sandbox.id, filter, { offset, count: pageSize }, now);
  const ids = launches.flatMap(({ parameters }) => textParameter(parameters, 'patient') ?? []);
  const names = await patientNames(member, 'admin/launches', ids);
  const records = launches.map((launch) => toRecord(launch, names, now));
  return { launches: records, total, from: offset + 1, to: offset + launches.length };
}

function toRecord(launch: ListedLaunch, names: Map<string | undefined, string>, now: Date): LaunchRecord {
  const id = textParameter(launch.parameters, 'patient');
  const status = launchStatus(launch, now);
  return { ...launch, status, ...(id ? { patient: { id, name: names.get(id) } } : {}) };
}
