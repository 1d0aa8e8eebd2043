import { offeredScopeNames } from '#components/client/offered-scopes.ts';
import { RegistrationForm } from '#components/client/registration-form.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { ownOrigins } from '#lib/env.ts';
import { type TypedRegistration, typedDefaults } from '#lib/smart/client/typed-registration.ts';
import { requireAdmin } from '../../require-admin.ts';
import { registerApp } from './actions.ts';

export const metadata = { title: 'Register a SMART app' };

const usual: TypedRegistration = {
  ...typedDefaults(),
  scopes: offeredScopeNames.filter((scope) => ['launch', 'openid', 'fhirUser'].includes(scope)),
  type: 'public',
};

export default async function RegisterAppPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  await requireAdmin(slug, '/apps/new');
  const listHref = `/${slug}/admin/apps`;
  return (
    <WorkspacePage>
      <PageHeader
        title="Register a SMART app"
        description="The app can be launched as soon as it is registered."
        breadcrumbs={[
          { label: 'Administration', href: `/${slug}/admin` },
          { label: 'Registered SMART apps', href: listHref },
        ]}
      />
      <RegistrationForm
        action={registerApp.bind(null, slug)}
        initial={usual}
        origins={ownOrigins()}
        listHref={listHref}
        submitLabel="Register app"
      />
    </WorkspacePage>
  );
}
