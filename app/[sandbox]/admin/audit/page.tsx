import { ScrollText } from 'lucide-react';
import { AuditFilter } from '#components/audit/audit-filter.tsx';
import { AuditPages } from '#components/audit/audit-pages.tsx';
import { AuditTable } from '#components/audit/audit-table.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { auditRetention } from '#lib/data/audit/events.ts';
import { findClients } from '#lib/data/client/clients.ts';
import { requireAdmin } from '../require-admin.ts';
import { addressOf, filterOf } from './filter.ts';
import { type AuditList, loadAudit } from './load-audit.ts';

export const metadata = { title: 'Audit log' };

interface AuditPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Who read and wrote what of the sandbox's patients. */
export default async function AuditPage({ params, searchParams }: AuditPageProps) {
  const { sandbox: slug } = await params;
  const sent = await searchParams;
  const filter = filterOf(sent);
  const cursor = typeof sent.cursor === 'string' ? sent.cursor : '';
  const list = `/${slug}/admin/audit`;
  const member = await requireAdmin(slug, addressOf('/audit', filter, cursor));
  const [shown, apps] = await Promise.all([loadAudit(member, filter, cursor), findClients(member.sandbox.id)]);
  const newest = addressOf(list, filter);
  return (
    <WorkspacePage>
      <PageHeader
        title="Audit log"
        description={`Who read and wrote what of the patients here, by which app. Kept for ${auditRetention.days} days.`}
        breadcrumbs={[{ label: 'Administration', href: `/${slug}/admin` }]}
      />
      <Panel flush>
        <AuditFilter key={newest} list={list} apps={apps} values={filter} />
        <Events list={list} shown={shown} narrowed={newest !== list} />
        <AuditPages
          newestHref={cursor ? newest : undefined}
          olderHref={'next' in shown && shown.next ? addressOf(list, filter, shown.next) : undefined}
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
