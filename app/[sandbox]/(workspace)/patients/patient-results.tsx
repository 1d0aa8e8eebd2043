import { summarizePatient } from '#components/patient/patient-summary.ts';
import { PatientTable } from '#components/patient/patient-table.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { auditedPage } from '#lib/audit/record-page.ts';
import { findPatients } from '#lib/data/chart/patients.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { isRefusal } from '#lib/fhir/fhir-error.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';
import { ListPages } from './list-pages.tsx';
import { type ListRequest, sortedBy } from './list-request.ts';
import { patientsPerPage } from './page-size.ts';

interface PatientResultsProps {
  /** Path of the list. */
  list: string;
  request: ListRequest;
  member: Member;
}

/** The part of the page with the patients that the address requests. */
export async function PatientResults({ list, request, member }: PatientResultsProps) {
  const found = await find(request, member);
  if (!found) {
    return (
      <ErrorState title="This page of the list does not exist">Search again to start at the first page.</ErrorState>
    );
  }
  const now = new Date();
  return (
    <>
      <PatientTable
        patients={found.patients.map((patient) => summarizePatient(patient, now))}
        chartHref={({ id }) => `${list}/${id}`}
        sort={sortState(list, request)}
        clearHref={Object.values(request.query).some(Boolean) ? list : undefined}
      />
      <ListPages list={list} request={request} found={found} />
    </>
  );
}

/** Finds the requested patients; a malformed birth date, whose error is shown beside its field, narrows nothing. */
function find({ query, sort, page, trail, errors }: ListRequest, member: Member) {
  const asked = errors.birthdate ? { ...query, birthdate: '' } : query;
  const part = { count: patientsPerPage, sort, cursor: trail.at(-1) };
  const request = { interaction: 'lookup', path: 'patients', query: { ...query, sort, page: String(page) } };
  return auditedPage(
    member,
    request,
    () => findPatients(readerOf(member), asked, part).catch(badCursor),
    (found) => (found ? 200 : 400),
  );
}

function badCursor(thrown: unknown): undefined {
  if (!isRefusal(thrown)) throw thrown;
}

function sortState(list: string, request: ListRequest) {
  const descending = request.sort.startsWith('-');
  return {
    key: request.sort.replace('-', ''),
    direction: descending ? ('descending' as const) : ('ascending' as const),
    href: (key: string) => sortedBy(list, request, key),
  };
}
