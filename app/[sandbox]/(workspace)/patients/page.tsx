import { redirect } from 'next/navigation';
import { PatientSearch } from '#components/patient/patient-search.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { requireMember } from '#lib/session/current-user.ts';
import { listAddress, parseListRequest } from './list-request.ts';
import { PatientResults } from './patient-results.tsx';

export const metadata = { title: 'Patients' };

interface PatientsPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PatientsPage({ params, searchParams }: PatientsPageProps) {
  const [{ sandbox: slug }, sent] = await Promise.all([params, searchParams]);
  const request = parseListRequest(sent);
  const list = `/${slug}/patients`;
  const address = listAddress(request);
  const member = await requireMember(slug, undefined, `${list}${address}`);
  if (member.role === 'patient') redirect(`/${slug}/record`);
  return (
    <WorkspacePage>
      <PageHeader title="Patients" />
      <Panel flush>
        <PatientSearch key={address} query={request.query} errors={request.errors} clearHref={list} />
        <div className="border-t border-line">
          <PatientResults list={list} request={request} member={member} />
        </div>
      </Panel>
    </WorkspacePage>
  );
}
