import { Rocket } from 'lucide-react';
import { redirect } from 'next/navigation';
import { LaunchFilter } from '#components/launch/launch-filter.tsx';
import { LaunchTable } from '#components/launch/launch-table.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findLaunchParties } from '#lib/data/launch/list.ts';
import { NumberedPages } from '../../_list/numbered-pages.tsx';
import { listAddress, narrowing, pageNumber, type SearchParameters } from '../../_list/search-parameters.ts';
import { requireAdmin } from '../require-admin.ts';
import { withdraw } from './actions.ts';
import { filterOf, readLaunchQuery } from './launch-query.ts';
import { type LaunchList, loadLaunches } from './load-launches.ts';

export const metadata = { title: 'Launches' };

interface LaunchesPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<SearchParameters>;
}

/** The page that lists the sandbox's launches: who made each, for which app and patient, and its status. */
export default async function LaunchesPage({ params, searchParams }: LaunchesPageProps) {
  const { sandbox: slug } = await params;
  const sent = await searchParams;
  const [query, page] = [readLaunchQuery(sent), pageNumber.parse(sent.page)];
  const kept = narrowing(query);
  const member = await requireAdmin(slug, listAddress('/launches', { ...kept, page: String(page) }));
  const list = `/${slug}/admin/launches`;
  const now = new Date();
  const [shown, parties] = await Promise.all([
    loadLaunches(member, filterOf(query), page, now),
    findLaunchParties(member.sandbox.id),
  ]);
  if (shown.launches.length === 0 && page > 1) redirect(list);
  return (
    <WorkspacePage>
      <PageHeader
        title="Launches"
        description="What this EHR and the systems around it have told apps to open, and what became of it."
        breadcrumbs={[{ label: 'Administration', href: `/${slug}/admin` }]}
      />
      <Panel flush id="launches" title="Launches of this sandbox">
        <LaunchFilter key={JSON.stringify(query)} list={list} parties={parties} query={query} />
        {shown.launches.length === 0 ? (
          <Nothing narrowed={Object.keys(kept).length > 0} />
        ) : (
          <Shown slug={slug} list={list} kept={kept} page={page} shown={shown} now={now} />
        )}
      </Panel>
    </WorkspacePage>
  );
}

interface ShownProps {
  slug: string;
  /** Path and filter of the list. */
  list: string;
  kept: Readonly<Record<string, string>>;
  page: number;
  shown: LaunchList;
  now: Date;
}

function Shown({ slug, list, kept, page, shown, now }: ShownProps) {
  const { launches, range } = shown;
  return (
    <div className="border-t border-line">
      <p role="status" className="px-4 py-3 text-sm text-muted">
        {range.total === 1 ? 'One launch' : `${range.total} launches, newest first`}
      </p>
      <LaunchTable launches={launches} sandbox={slug} now={now} withdraw={withdraw.bind(null, slug)} />
      <NumberedPages label="Launches" list={list} query={kept} page={page} range={range} />
    </div>
  );
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  return (
    <div className="border-t border-line">
      <EmptyState
        icon={<Rocket aria-hidden />}
        title={narrowed ? 'No launch is like this' : 'Nothing has been launched yet'}
      >
        A launch appears here when somebody opens an app, or when an outside system registers one.
      </EmptyState>
    </div>
  );
}
