import { AppWindow } from 'lucide-react';
import { AppCard } from '#components/launch/app-card.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findLaunchableClients } from '#lib/data/client/clients.ts';
import { requireMember } from '#lib/session/current-user.ts';
import { appsFor } from '#lib/smart/client/app-audience.ts';

export const metadata = { title: 'Apps' };

export default async function AppsPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  const { sandbox, role } = await requireMember(slug, undefined, `/${slug}/apps`);
  const apps = appsFor(role, await findLaunchableClients(sandbox.id));
  return (
    <WorkspacePage>
      <PageHeader title="Apps" description="Each opens in a new tab, signed in as you." />
      {apps.length === 0 ? <NoApps slug={slug} admin={role === 'admin'} /> : null}
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-4">
        {apps.map((app) => (
          <AppCard key={app.clientId} sandbox={slug} app={app} />
        ))}
      </div>
    </WorkspacePage>
  );
}

function NoApps({ slug, admin }: { slug: string; admin: boolean }) {
  return (
    <Panel flush>
      <EmptyState
        icon={<AppWindow aria-hidden />}
        title="No app can be launched here yet"
        actions={admin ? <ButtonLink href={`/${slug}/admin`}>Register a SMART app</ButtonLink> : null}
      >
        An app appears here when an administrator has registered it with a launch URI and enabled it.
      </EmptyState>
    </Panel>
  );
}
