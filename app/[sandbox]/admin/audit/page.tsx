import { ScrollText } from 'lucide-react';
import { AuditFilter } from '#components/audit/audit-filter.tsx';
import { AuditTable } from '#components/audit/audit-table.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Pagination } from '#components/ui/table/pagination.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findClients } from '#lib/data/client/clients.ts';
import { env } from '#lib/env.ts';
import { listAddress, type SearchParameters } from '../../_list/search-parameters.ts';
import { requireAdmin } from '../require-admin.ts';
import { readAuditQuery } from './audit-query.ts';
import { type AuditList, loadAudit } from './load-audit.ts';

export const metadata = { title: 'Audit log' };

interface AuditPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<SearchParameters>;
}

/** The page of the audit log: who read and wrote which data of the sandbox. */
export default async function AuditPage({ params, searchParams }: AuditPageProps) {
  const { sandbox: slug } = await params;
  const sent = await searchParams;
  const query = readAuditQuery(sent);
  const cursor = typeof sent.cursor === 'string' ? sent.cursor : '';
  const list = `/${slug}/admin/audit`;
  const member = await requireAdmin(slug, listAddress('/audit', { ...query, cursor }));
  const [shown, apps] = await Promise.all([loadAudit(member, query, cursor), findClients(member.sandbox.id)]);
  const newest = listAddress(list, query);
  return (
    <WorkspacePage>
      <PageHeader
        title="Audit log"
        description={`Who read and wrote what of the patients here, by which app, who signed in, and what was changed. Kept for ${env().retention.audit} days.`}
        breadcrumbs={[{ label: 'Administration', href: `/${slug}/admin` }]}
      />
      <Panel flush>
        <AuditFilter key={newest} list={list} apps={apps} query={query} />
        <Events list={list} shown={shown} narrowed={newest !== list} />
        <Pagination
          label="Audit log"
          texts={{ previous: 'Newest', next: 'Older' }}
          previousHref={cursor ? newest : undefined}
          nextHref={'next' in shown && shown.next ? listAddress(list, { ...query, cursor: shown.next }) : undefined}
        />
      </Panel>
    </WorkspacePage>
  );
}

function Events({ list, shown, narrowed }: { list: string; shown: AuditList; narrowed: boolean }) {
  if ('problem' in shown) {
    return (
      <div className="border-t border-line p-4">
        <Callout tone="warning" role="alert" title="The log cannot be searched like this">
          {shown.problem}
        </Callout>
      </div>
    );
  }
  const { entries, total } = shown;
  if (entries.length === 0) return <Nothing narrowed={narrowed} />;
  return (
    <div className="border-t border-line">
      <p role="status" className="px-4 py-2.5 text-sm text-muted tabular-nums">
        {total === undefined ? 'More than 1000 events' : `${total} ${total === 1 ? 'event' : 'events'}`}, the newest
        first
      </p>
      <AuditTable entries={entries} eventHref={({ id }) => `${list}/${id}`} />
    </div>
  );
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  return (
    <div className="border-t border-line">
      <EmptyState
        icon={<ScrollText aria-hidden />}
        title={narrowed ? 'Nothing like this happened' : 'Nothing has happened yet'}
      >
        Each request of an app with an access token appears here, what people read and write in the EHR, and what
        administrators change.
      </EmptyState>
    </div>
  );
}
