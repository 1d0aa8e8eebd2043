import { notFound } from 'next/navigation';
import { offeredScopeNames } from '#components/client/offered-scopes.ts';
import { RegistrationForm } from '#components/client/registration-form.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findClient } from '#lib/data/client/clients.ts';
import { ownOrigins } from '#lib/env.ts';
import { toTyped } from '#lib/smart/client/typed-registration.ts';
import { requireAdmin } from '../../../require-admin.ts';
import { changeApp } from './actions.ts';

export const metadata = { title: 'Edit a SMART app' };

interface EditAppPageProps {
  params: Promise<{ sandbox: string; clientId: string }>;
}

export default async function EditAppPage({ params }: EditAppPageProps) {
  const { sandbox: slug, clientId } = await params;
  const { sandbox } = await requireAdmin(slug, `/apps/${clientId}/edit`);
  const client = (await findClient(sandbox.id, clientId)) ?? notFound();
  const listHref = `/${slug}/admin/apps`;
  return (
    <WorkspacePage>
      <PageHeader
        title={isolating`Edit ${client.name}`}
        breadcrumbs={[
          { label: 'Administration', href: `/${slug}/admin` },
          { label: 'Registered SMART apps', href: listHref },
        ]}
      />
      <RegistrationForm
        action={changeApp.bind(null, slug, clientId)}
        initial={toTyped(client, offeredScopeNames)}
        origins={ownOrigins()}
        listHref={listHref}
        submitLabel="Save changes"
        registeredId={clientId}
      />
    </WorkspacePage>
  );
}
