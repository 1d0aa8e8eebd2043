import { AddServices } from '#components/cds-service/add-services.tsx';
import { CdsServiceTable } from '#components/cds-service/cds-service-table.tsx';
import { CopyableText } from '#components/ui/copyable-text.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { wantsOf } from '#lib/cds-hooks/wants.ts';
import { findCdsServices } from '#lib/data/cds/services.ts';
import { issuerOf } from '#lib/env.ts';
import { smartEndpoints } from '#lib/smart/sandbox/capabilities.ts';
import { requireAdmin } from '../require-admin.ts';
import { addServices, changeScope, disableService, enableService, removeService } from './actions.ts';

export const metadata = { title: 'CDS services' };

export default async function CdsServicesPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  const { sandbox } = await requireAdmin(slug, '/cds-services');
  const services = (await findCdsServices(sandbox.id)).map((service) => ({ ...service, ...wantsOf(service) }));
  const actions = {
    enable: enableService.bind(null, slug),
    disable: disableService.bind(null, slug),
    remove: removeService.bind(null, slug),
    changeScope: changeScope.bind(null, slug),
  };
  return (
    <WorkspacePage>
      <PageHeader
        title="CDS services"
        description="Services that the charts ask for advice, by CDS Hooks 2.0. Each gets what its scopes and the user have in common."
        breadcrumbs={[{ label: 'Administration', href: `/${slug}/admin` }]}
      />
      <Panel className="max-w-4xl">
        <AddServices action={addServices.bind(null, slug)} />
      </Panel>
      <Panel id="services" title="Registered services" flush>
        <CdsServiceTable services={services} actions={actions} now={new Date()} />
      </Panel>
      <p className="flex flex-wrap items-center gap-x-2 text-muted">
        Services know this EHR by its JWT (ES384). Its keys are at
        <CopyableText label="key set" value={smartEndpoints(issuerOf(slug), { registers: false }).jwks} />
      </p>
    </WorkspacePage>
  );
}
