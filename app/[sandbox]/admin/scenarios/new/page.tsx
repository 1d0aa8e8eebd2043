import { ScenarioForm } from '#components/scenario/scenario-form.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { requireAdmin } from '../../require-admin.ts';
import { makeScenario } from '../actions.ts';
import { formChoices } from '../form-choices.ts';

export const metadata = { title: 'New scenario' };

const empty = { name: '', description: '', clientId: '', username: '', parameters: {}, embed: 'tab' } as const;

export default async function NewScenarioPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  const { sandbox } = await requireAdmin(slug, '/scenarios/new');
  const backHref = `/${slug}/scenarios`;
  return (
    <WorkspacePage>
      <PageHeader
        title="New scenario"
        description="An app with its user, patient and context, saved to be launched again and again."
        breadcrumbs={[{ label: 'Scenarios', href: backHref }]}
      />
      <Panel className="max-w-3xl">
        <ScenarioForm
          action={makeScenario.bind(null, slug)}
          sandbox={slug}
          initial={empty}
          {...(await formChoices(sandbox.id))}
          backHref={backHref}
        />
      </Panel>
    </WorkspacePage>
  );
}
