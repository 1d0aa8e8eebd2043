import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ChartView } from '#components/chart/chart-view.tsx';
import { summarizePatient } from '#components/patient/patient-summary.ts';
import { recordChart } from '#lib/audit/record-page.ts';
import { findHooksInUse } from '#lib/data/cds/services.ts';
import { findPatientRecord } from '#lib/data/chart/patient-record.ts';
import { findLaunchableClients } from '#lib/data/client/clients.ts';
import { requireMember } from '#lib/session/current-user.ts';
import { appsFor } from '#lib/smart/client/app-audience.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';

interface ChartPageProps {
  params: Promise<{ sandbox: string; id: string }>;
}

/** The record and the apps, read once for both the page and its title. */
const findChart = cache(async (slug: string, id: string) => {
  const member = await requireMember(slug, undefined, `/${slug}/patients/${encodeURIComponent(id)}`);
  const [record, apps, hooks] = await Promise.all([
    findPatientRecord(readerOf(member), id),
    findLaunchableClients(member.sandbox.id),
    // Decision support is for staff.
    member.role === 'patient' ? [] : findHooksInUse(member.sandbox.id),
  ]);
  const asked = { path: `patients/${encodeURIComponent(id)}`, patients: [id] };
  recordChart(member, asked, record !== undefined);
  const shown = { apps: appsFor(member.role, apps), hooks, writes: member.role !== 'patient' };
  return record ? { record, ...shown } : notFound();
});

/** Titles the page with the patient's name, so that tabs with several charts can be told apart. */
export async function generateMetadata({ params }: ChartPageProps): Promise<Metadata> {
  const { sandbox, id } = await params;
  const { record } = await findChart(sandbox, id);
  return { title: summarizePatient(record.patient, new Date()).name };
}

export default async function ChartPage({ params }: ChartPageProps) {
  const { sandbox, id } = await params;
  const chart = await findChart(sandbox, id);
  return <ChartView sandbox={sandbox} {...chart} now={new Date()} />;
}
