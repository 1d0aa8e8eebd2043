import { notFound } from 'next/navigation';
import { ScenarioCard } from '#components/scenario/scenario-card.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { requireMember } from '#lib/session/current-user.ts';
import { signInAddress } from '#lib/session/return-to.ts';
import { loadScenarios } from '../load-scenarios.ts';

export const metadata = { title: 'Scenario' };

/** The page of one scenario, to which its link leads when the app cannot open at once. */
export default async function ScenarioPage({ params }: { params: Promise<{ sandbox: string; id: string }> }) {
  const { sandbox: slug, id } = await params;
  const member = await requireMember(slug, undefined, `/${slug}/scenarios/${encodeURIComponent(id)}`);
  const scenario = (await loadScenarios(member)).find((one) => one.id === id) ?? notFound();
  const { refusal, user, href } = scenario;
  return (
    <WorkspacePage>
      <PageHeader title={scenario.name} breadcrumbs={[{ label: 'Scenarios', href: `/${slug}/scenarios` }]} />
      {refusal === 'another-user' && user ? (
        <Callout
          tone="warning"
          title={isolating`This scenario is for ${user.name}, and you are ${member.user.name}`}
          actions={
            <a
              href={signInAddress(`${href}/launch`, user.username)}
              className={buttonClass({ size: 'small', variant: 'secondary' })}
            >
              Sign in as <bdi>{user.username}</bdi>
            </a>
          }
        >
          The app opens as soon as you are signed in as that user.
        </Callout>
      ) : null}
      <div className="max-w-xl">
        <ScenarioCard scenario={scenario} />
      </div>
    </WorkspacePage>
  );
}
