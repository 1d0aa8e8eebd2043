import { PatientSearch } from '#components/patient/patient-search.tsx';
import { summarizePatient } from '#components/patient/patient-summary.ts';
import { PatientTable } from '#components/patient/patient-table.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { type FoundPatients, findPatients } from '#lib/data/patients.ts';
import { isFhirError } from '#lib/fhir/fhir-error.ts';
import { requireMember } from '#lib/session/current-user.ts';
import { permissionOfMember } from '#lib/smart/member-permission.ts';
import { ListPages } from './list-pages.tsx';
import { type ListRequest, listAddress, parseListRequest, sortedBy } from './list-request.ts';
import { PAGE_SIZE } from './page-size.ts';

export const metadata = { title: 'Patients' };

interface PatientsPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PatientsPage({ params, searchParams }: PatientsPageProps) {
  const [{ sandbox: slug }, sent] = await Promise.all([params, searchParams]);
  const request = parseListRequest(sent);
  const list = `/${slug}/patients`;
  const member = await requireMember(slug, undefined, `${list}${listAddress(request)}`);
  const cursor = request.trail.at(-1);
  const found = await findPatients(member.sandbox.id, permissionOfMember(member), searched(request), {
    count: PAGE_SIZE,
    sort: request.sort,
    cursor,
  }).catch(badCursor);
  return (
    <WorkspacePage>
      <PageHeader title="Patients" description={countText(found)} />
      <Panel flush>
        <PatientSearch key={listAddress(request)} query={request.query} errors={request.errors} clearHref={list} />
        <div className="border-t border-line">
          {found ? <Found list={list} request={request} found={found} /> : <BadPage />}
        </div>
      </Panel>
    </WorkspacePage>
  );
}

/** A birth date that is no date stays in its field, with its error, and does not narrow the list. */
function searched({ query, errors }: ListRequest) {
  return errors.birthdate ? { ...query, birthdate: '' } : query;
}

function badCursor(thrown: unknown): undefined {
  if (!isFhirError(thrown)) throw thrown;
}

function countText(found: FoundPatients | undefined): string | undefined {
  if (found?.total === undefined) return undefined;
  return found.total === 1 ? '1 patient' : `${found.total} patients`;
}

function BadPage() {
  return (
    <ErrorState title="This page of the list does not exist">Search again to start from the first page.</ErrorState>
  );
}

function Found({ list, request, found }: { list: string; request: ListRequest; found: FoundPatients }) {
  const now = new Date();
  const narrowed = Object.values(request.query).some(Boolean);
  const { sort } = request;
  return (
    <>
      <PatientTable
        patients={found.patients.map((patient) => summarizePatient(patient, now))}
        chartHref={({ id }) => `${list}/${id}`}
        sort={{
          key: sort.replace('-', ''),
          direction: sort.startsWith('-') ? 'descending' : 'ascending',
          href: (key) => `${list}${sortedBy(request, key)}`,
        }}
        clearHref={narrowed ? list : undefined}
      />
      <ListPages list={list} request={request} found={found} />
    </>
  );
}
