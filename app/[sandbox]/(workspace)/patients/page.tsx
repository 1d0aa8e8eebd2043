import { redirect } from 'next/navigation';
import { PatientSearch } from '#components/patient/patient-search.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { requireMember } from '#lib/session/current-user.ts';
import type { SearchParameters } from '../../_list/search-parameters.ts';
import { addressOf, readListRequest } from './list-request.ts';
import { PatientResults } from './patient-results.tsx';

export const metadata = { title: 'Patients' };

interface PatientsPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function PatientsPage({ params, searchParams }: PatientsPageProps) {
  const [{ sandbox: slug }, sent] = await Promise.all([params, searchParams]);
  const request = readListRequest(sent);
  const list = `/${slug}/patients`;
  const address = addressOf(list, request);
  const member = await requireMember(slug, undefined, address);
  if (member.role === 'patient') redirect(`/${slug}/record`);
  return (
    <WorkspacePage>
      <PageHeader title="Patients" />
      <Panel flush>
        <PatientSearch key={address} list={list} query={request.query} errors={request.errors} />
        <div className="border-t border-line">
          <PatientResults list={list} request={request} member={member} />
        </div>
      </Panel>
    </WorkspacePage>
  );
}
