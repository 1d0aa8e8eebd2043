import { redirect } from 'next/navigation';
import { AccessFilter } from '#components/access/access-filter.tsx';
import { ServiceTable } from '#components/access/backend-service-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findGrantParties } from '#lib/data/token/access-grants.ts';
import { findServiceAccess } from '#lib/data/token/backend-service-access.ts';
import { loadAccess, pageNumber } from '../../load-access.ts';
import { requireAdmin } from '../require-admin.ts';
import { revokeService } from './actions.ts';
import { GrantsOfSandbox } from './grants-of-sandbox.tsx';

export const metadata = { title: 'Access of apps' };

interface SandboxAccessPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Every app that has access to the sandbox, whoever gave it. */
export default async function SandboxAccessPage({ params, searchParams }: SandboxAccessPageProps) {
  const { sandbox: slug } = await params;
  const sent = await searchParams;
  const [user, app, page] = [textOf(sent.user), textOf(sent.app), pageNumber(sent.page)];
  const member = await requireAdmin(slug, `/access?${new URLSearchParams({ user, app, page: String(page) })}`);
  const list = `/${slug}/admin/access`;
  const now = new Date();
  const [shown, parties, services] = await Promise.all([
    loadAccess(member, { userId: user || undefined, clientId: app || undefined }, page, 'use', now),
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
        <AccessFilter key={`${user} ${app}`} list={list} parties={parties} user={user} app={app} />
        <GrantsOfSandbox slug={slug} list={list} query={{ user, app }} page={page} shown={shown} now={now} />
      </Panel>
      {services.length > 0 ? (
        <Panel flush id="services" title="Backend services">
          <ServiceTable services={services} now={now} revoke={revokeService.bind(null, slug)} />
        </Panel>
      ) : null}
    </WorkspacePage>
  );
}

function textOf(sent: string | string[] | undefined): string {
  return typeof sent === 'string' ? sent.slice(0, 200) : '';
}
