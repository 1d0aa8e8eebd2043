import { FillingProgress } from '#components/sandbox/filling-progress.tsx';
import { SandboxEnd } from '#components/sandbox/sandbox-end.tsx';
import { SettingsForm } from '#components/sandbox/settings-form.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { Link } from '#components/ui/link.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findSettings } from '#lib/data/sandbox/settings.ts';
import { findFillings } from '#lib/data/seed/sandbox-fillings.ts';
import { findSeed, type SandboxSeed } from '#lib/data/seed/sandbox-seeds.ts';
import { sweepRules } from '#lib/data/sweep/rules.ts';
import { env } from '#lib/env.ts';
import { missingSource } from '#lib/sandbox-file/missing-sources.ts';
import { sourcesOf } from '#lib/sandbox-file/seed-chunks.ts';
import { requireAdmin } from '../require-admin.ts';
import { changeSettings, deleteThisSandbox, resetToSeed } from './actions.ts';

export const metadata = { title: 'Settings' };

interface SettingsPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<{ refused?: string | string[] }>;
}

export default async function SettingsPage({ params, searchParams }: SettingsPageProps) {
  const [{ sandbox: slug }, { refused }] = await Promise.all([params, searchParams]);
  const { sandbox } = await requireAdmin(slug, '/settings');
  const [settings, seed, [filling]] = await Promise.all([
    findSettings(sandbox.id),
    findSeed(sandbox.id),
    findFillings([sandbox.id]),
  ]);
  return (
    <WorkspacePage>
      <PageHeader
        title="Settings"
        description={isolating`How the servers of ${sandbox.name} behave.`}
        breadcrumbs={[{ label: 'Administration', href: `/${slug}/admin` }]}
      />
      <Panel className="max-w-4xl">
        <SettingsForm action={changeSettings.bind(null, slug)} initial={settings} />
      </Panel>
      <p className="text-muted">
        Logo and colour are on the page{' '}
        <Link href={`/${slug}/admin/brand`} className="text-accent-text underline">
          Brand
        </Link>
        .
      </p>
      <Panel id="kept" title="What is kept how long" className="max-w-4xl">
        <p className="mb-4 text-muted">
          What has ended is cleared away by the server; whoever runs it chooses when. Everything else stays until
          somebody removes it.
        </p>
        <DescriptionList
          items={sweepRules.map(({ what, kept }) => ({ term: what, description: kept(env().retention) }))}
        />
      </Panel>
      <Panel id="end" title="Reset and delete" className="max-w-4xl">
        {filling ? <FillingProgress sandbox={sandbox.name} filling={filling} /> : null}
        <SandboxEnd
          sandbox={sandbox}
          resetRefusal={resetRefusalOf(seed)}
          refused={refused === 'reset'}
          reset={resetToSeed.bind(null, slug)}
          remove={deleteThisSandbox.bind(null, slug)}
        />
      </Panel>
    </WorkspacePage>
  );
}

/** The reason why the sandbox cannot be reset; undefined when it can. */
function resetRefusalOf(seed: SandboxSeed | undefined): string | undefined {
  if (!seed) {
    return 'What this sandbox was made from is not known. Load its sandbox file once more, and it can be reset.';
  }
  return missingSource(sourcesOf(seed));
}
