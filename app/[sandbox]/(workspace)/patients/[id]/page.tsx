import { notFound } from 'next/navigation';
import { ChartView } from '#components/chart/chart-view.tsx';
import { findLaunchableClients } from '#lib/data/clients.ts';
import { findPatientRecord } from '#lib/data/patient-record.ts';
import { requireMember } from '#lib/session/current-user.ts';
import { permissionOfMember } from '#lib/smart/member-permission.ts';

export const metadata = { title: 'Chart' };

export default async function ChartPage({ params }: { params: Promise<{ sandbox: string; id: string }> }) {
  const { sandbox: slug, id } = await params;
  const member = await requireMember(slug, undefined, `/${slug}/patients/${encodeURIComponent(id)}`);
  const [record, apps] = await Promise.all([
    findPatientRecord(member.sandbox.id, permissionOfMember(member), id),
    findLaunchableClients(member.sandbox.id),
  ]);
  if (!record) notFound();
  return <ChartView sandbox={slug} record={record} apps={apps} now={new Date()} />;
}
