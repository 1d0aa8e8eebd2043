import type { AuditEntry, AuditQuery } from '#components/audit/audit-entry.ts';
import { type FoundRecord, findAuditRecord, searchAudit } from '#lib/data/audit/search.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { isRefusal } from '#lib/fhir/fhir-error.ts';
import { readAuditSearch } from '#lib/resource-server/audit/audit-bundle.ts';
import { patientNames } from '../../patient-names.ts';
import { problemOf, searchOf } from './audit-query.ts';

/** The number of records on a page of the log. */
const pageSize = 50;
/** The number of patients of one record whose names are looked up. */
const maxNamedPatients = 100;

/** A page of the log, or the problem of the request for it. */
export type AuditList = { entries: AuditEntry[]; next?: string; total?: number } | { problem: string };

/** Reads a page of the log of the sandbox that `member` administers. */
export async function loadAudit(member: Member, query: AuditQuery, cursor: string): Promise<AuditList> {
  const problem = problemOf(query);
  if (problem) return { problem };
  const pairs: [string, string][] = [...searchOf(query), ['_count', String(pageSize)]];
  if (cursor) pairs.push(['_cursor', cursor]);
  try {
    const request = readAuditSearch(pairs, fhirBaseOf(member.sandbox.slug));
    const { records, ...page } = await searchAudit(member.sandbox.id, request);
    return { ...page, entries: await withPeople(member, records, 1) };
  } catch (thrown) {
    if (isRefusal(thrown)) return { problem: thrown.message };
    throw thrown;
  }
}

/** Reads one record of the log; undefined when there is none with this id. */
export async function loadAuditEntry(member: Member, id: string): Promise<AuditEntry | undefined> {
  const record = await findAuditRecord(member.sandbox.id, id);
  return record && (await withPeople(member, [record], maxNamedPatients))[0];
}

/** The records as pages show them, each with the names of its first `max` patients. */
async function withPeople(member: Member, records: FoundRecord[], max: number): Promise<AuditEntry[]> {
  const ids = records.flatMap(({ patients }) => patients.slice(0, max));
  const names = await patientNames(member, 'admin/audit', ids);
  return records.map((record) => ({
    ...record,
    people: record.patients.slice(0, max).map((id) => ({ id, name: names.get(id) })),
  }));
}
