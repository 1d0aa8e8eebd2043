import { Plus } from 'lucide-react';
import { ClientTable } from '#components/client/client-table.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findClients } from '#lib/data/client/clients.ts';
import { requireAdmin } from '../require-admin.ts';
import { disableApp, enableApp, removeApp, replaceSecret } from './actions.ts';

export const metadata = { title: 'Registered SMART apps' };

interface RegisteredAppsPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RegisteredAppsPage({ params, searchParams }: RegisteredAppsPageProps) {
  const { sandbox: slug } = await params;
  const { sandbox } = await requireAdmin(slug, '/apps');
  const clients = await findClients(sandbox.id);
  const { changed } = await searchParams;
  const changedClient = clients.find(({ clientId }) => clientId === changed);
  return (
    <WorkspacePage>
      <PageHeader
        title="Registered SMART apps"
        badges={<Badge>{clients.length}</Badge>}
        breadcrumbs={[{ label: 'Administration', href: `/${slug}/admin` }]}
        actions={
          <ButtonLink href={`/${slug}/admin/apps/new`} icon={<Plus aria-hidden />}>
            Register a SMART app
          </ButtonLink>
        }
      />
      {changedClient ? (
        <Callout tone="success" role="status" title={isolating`${changedClient.name} was changed.`} />
      ) : null}
      <Panel flush>
        <ClientTable
          sandbox={slug}
          clients={clients}
          actions={{
            enable: enableApp.bind(null, slug),
            disable: disableApp.bind(null, slug),
            remove: removeApp.bind(null, slug),
            rotateSecret: replaceSecret.bind(null, slug),
          }}
        />
      </Panel>
    </WorkspacePage>
  );
}
