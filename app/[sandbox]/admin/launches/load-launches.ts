import type { LaunchRecord } from '#components/launch/launch-record.ts';
import { findLaunches, type LaunchFilter, type ListedLaunch } from '#lib/data/launch/list.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { textParameter } from '#lib/smart/launch/context.ts';
import { launchStatus } from '#lib/smart/launch/status.ts';
import { partOf, rangeOf, type ShownRange } from '../../_list/numbered-page.ts';
import { namedPatient, type PatientNames, patientNames } from '../../patient-names.ts';

/** One page of the launches of a sandbox, as it is shown to a member. */
export interface LaunchList {
  launches: LaunchRecord[];
  range: ShownRange;
}

/** Reads page `page` (from 1) of the launches that match `filter`, with the names of patients whom `member` may see. */
export async function loadLaunches(member: Member, filter: LaunchFilter, page: number, now: Date): Promise<LaunchList> {
  const { launches, total } = await findLaunches(member.sandbox.id, filter, partOf(page), now);
  const ids = launches.flatMap(({ parameters }) => textParameter(parameters, 'patient') ?? []);
  const names = await patientNames(member, 'admin/launches', ids);
  const records = launches.map((launch) => toRecord(launch, names, now));
  return { launches: records, range: rangeOf(page, launches.length, total) };
}

function toRecord(launch: ListedLaunch, names: PatientNames, now: Date): LaunchRecord {
  const patient = namedPatient(textParameter(launch.parameters, 'patient'), names);
  return { ...launch, status: launchStatus(launch, now), patient };
}
