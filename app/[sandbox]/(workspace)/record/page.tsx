import { FileHeart } from 'lucide-react';
import { notFound, redirect } from 'next/navigation';
import { ChartView } from '#components/chart/chart-view.tsx';
import { type PatientSummary, summarizePatient } from '#components/patient/patient-summary.ts';
import { RecordSwitcher } from '#components/patient/record-switcher.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { recordChart } from '#lib/audit/record-page.ts';
import { findPatientRecord } from '#lib/data/chart/patient-record.ts';
import { findPatientsById } from '#lib/data/chart/patients-by-id.ts';
import { findLaunchableClients } from '#lib/data/client/clients.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { requireMember } from '#lib/session/current-user.ts';
import { appsFor } from '#lib/smart/client/app-audience.ts';
import { patientsOf, readerOf } from '#lib/smart/permission/member-permission.ts';

export const metadata = { title: 'My record' };

interface RecordPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<{ patient?: string | string[] }>;
}

/** The portal of a patient: their own record, and the records of those for whom they act. */
export default async function RecordPage({ params, searchParams }: RecordPageProps) {
  const [{ sandbox: slug }, { patient: asked }] = await Promise.all([params, searchParams]);
  const href = `/${slug}/record`;
  const member = await requireMember(slug, undefined, href);
  if (member.role !== 'patient') redirect(`/${slug}/patients`);
  const patients = await findOwnPatients(member);
  if (patients.length === 0) return <NoRecord />;
  const current = chosenOf(member, patients, asked) ?? notFound();
  const [record, apps] = await Promise.all([
    findPatientRecord(readerOf(member), current.id),
    findLaunchableClients(member.sandbox.id),
  ]);
  const own = member.fhirUser?.replace(/^Patient\//, '');
  return (
    <>
      {patients.length > 1 ? <RecordSwitcher href={href} patients={patients} current={current.id} own={own} /> : null}
      <ChartView
        sandbox={slug}
        record={record ?? notFound()}
        apps={appsFor(member.role, apps)}
        // CDS services advise clinicians only.
        hooks={[]}
        writes={false}
        now={new Date()}
      />
    </>
  );
}

/** The patient whose record is requested, or the first one; undefined when the requested one is not among them. */
function chosenOf(member: Member, patients: PatientSummary[], asked: string | string[] | undefined) {
  const chosen = asked === undefined ? patients[0] : patients.find(({ id }) => id === asked);
  const query = { patient: [asked].flat()[0] };
  const named = chosen ? patients.map(({ id }) => id) : [query.patient ?? ''];
  recordChart(member, { path: 'record', query, patients: named }, chosen !== undefined);
  return chosen;
}

/** The patients whose records are the member's: their own first. Those that the sandbox does not have are left out. */
async function findOwnPatients(member: Member) {
  const ids = patientsOf(member);
  const found = await findPatientsById(readerOf(member), ids);
  const now = new Date();
  const byId = new Map(found.map((patient) => [patient.id, summarizePatient(patient, now)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function NoRecord() {
  return (
    <WorkspacePage>
      <PageHeader title="My record" />
      <Panel flush>
        <EmptyState icon={<FileHeart aria-hidden />} title="No record belongs to your account yet">
          Ask the hospital to connect your account with your record.
        </EmptyState>
      </Panel>
    </WorkspacePage>
  );
}
