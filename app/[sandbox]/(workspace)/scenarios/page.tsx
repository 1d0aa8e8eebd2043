import { Clapperboard, Plus } from 'lucide-react';
import { ScenarioCard } from '#components/scenario/scenario-card.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { requireMember } from '#lib/session/current-user.ts';
import { dropScenario } from '../../admin/scenarios/actions.ts';
import { loadScenarios } from './load-scenarios.ts';

export const metadata = { title: 'Scenarios' };

export default async function ScenariosPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  const member = await requireMember(slug, undefined, `/${slug}/scenarios`);
  const scenarios = await loadScenarios(member);
  const edit = `/${slug}/admin/scenarios`;
  const isAdmin = member.role === 'admin';
  const add = (
    <ButtonLink href={`${edit}/new`} icon={<Plus aria-hidden />}>
      New scenario
    </ButtonLink>
  );
  return (
    <WorkspacePage>
      <PageHeader
        title="Scenarios"
        description="Launches with their app, user, patient and context: opened by one click, or by their link."
        actions={isAdmin ? add : null}
      />
      {scenarios.length === 0 ? (
        <Panel flush>
          <EmptyState icon={<Clapperboard aria-hidden />} title="No scenario is saved here yet">
            {isAdmin
              ? 'Save the launches that you try again and again, and give their links to your tests.'
              : 'An administrator can save launches here.'}
          </EmptyState>
        </Panel>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {scenarios.map((scenario) => (
          <ScenarioCard
            key={scenario.id}
            scenario={scenario}
            change={isAdmin ? { editHref: `${edit}/${scenario.id}`, remove: dropScenario.bind(null, slug) } : undefined}
          />
        ))}
      </div>
    </WorkspacePage>
  );
}
