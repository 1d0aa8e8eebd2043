import { redirect } from 'next/navigation';
import { z } from 'zod';
import { AccessFilter } from '#components/access/access-filter.tsx';
import { BackendServiceTable } from '#components/access/backend-service-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findGrantParties } from '#lib/data/token/access-grants.ts';
import { findServiceAccess } from '#lib/data/token/backend-service-access.ts';
import { listAddress, pageNumber, type SearchParameters, typedText } from '../../_list/search-parameters.ts';
import { loadAccess } from '../../load-access.ts';
import { requireAdmin } from '../require-admin.ts';
import { revokeService } from './actions.ts';
import { GrantsOfSandbox } from './grants-of-sandbox.tsx';

export const metadata = { title: 'Access of apps' };

const AccessQuery = z.object({ user: typedText, app: typedText });

interface SandboxAccessPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<SearchParameters>;
}

/** The page that lists all apps with access to the sandbox, whoever gave it. */
export default async function SandboxAccessPage({ params, searchParams }: SandboxAccessPageProps) {
  const { sandbox: slug } = await params;
  const sent = await searchParams;
  const query = AccessQuery.parse(sent);
  const page = pageNumber.parse(sent.page);
  const member = await requireAdmin(slug, listAddress('/access', { ...query, page: String(page) }));
  const list = `/${slug}/admin/access`;
  const now = new Date();
  const [shown, parties, services] = await Promise.all([
    loadAccess(member, { filter: filterOf(query), page, order: 'use', path: 'admin/access' }, now),
    findGrantParties(member.sandbox.id, now),
    findServiceAccess(member.sandbox.id, now),
  ]);
  if (shown.grants.length === 0 && page > 1) redirect(list);
  return (
    <WorkspacePage>
      <PageHeader
        title="Access of apps"
        description="Everything that apps may do here at the moment, and for whom."
        breadcrumbs={[{ label: 'Administration', href: `/${slug}/admin` }]}
      />
      <Panel flush id="users" title="Given by users">
        <AccessFilter key={JSON.stringify(query)} list={list} parties={parties} query={query} />
        <GrantsOfSandbox slug={slug} list={list} query={query} page={page} shown={shown} now={now} />
      </Panel>
      {services.length > 0 ? (
        <Panel flush id="services" title="Backend services">
          <BackendServiceTable services={services} now={now} revoke={revokeService.bind(null, slug)} />
        </Panel>
      ) : null}
    </WorkspacePage>
  );
}

function filterOf({ user, app }: z.infer<typeof AccessQuery>) {
  return { userId: user || undefined, clientId: app || undefined };
}
