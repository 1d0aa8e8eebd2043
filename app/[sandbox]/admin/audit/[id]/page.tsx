import { notFound } from 'next/navigation';
import { AuditFacts } from '#components/audit/audit-facts.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { fhirBaseOf } from '#lib/env.ts';
import { auditEvent } from '#lib/fhir/audit/event.ts';
import { requireAdmin } from '../../require-admin.ts';
import { loadAuditEntry } from '../load-audit.ts';

export const metadata = { title: 'Audit event' };

/** The page of one audit record, in words and as the AuditEvent of the FHIR server. */
export default async function AuditEventPage({ params }: { params: Promise<{ sandbox: string; id: string }> }) {
  const { sandbox: slug, id } = await params;
  const member = await requireAdmin(slug, `/audit/${encodeURIComponent(id)}`);
  const entry = (await loadAuditEntry(member, id)) ?? notFound();
  const json = JSON.stringify(auditEvent(entry, { base: fhirBaseOf(slug), site: slug }), null, 2);
  return (
    <WorkspacePage>
      <PageHeader
        title="Audit event"
        breadcrumbs={[
          { label: 'Administration', href: `/${slug}/admin` },
          { label: 'Audit log', href: `/${slug}/admin/audit` },
        ]}
      />
      <Panel id="event" title="What happened">
        <AuditFacts entry={entry} chartHref={(patient) => `/${slug}/patients/${patient}`} />
      </Panel>
      <Panel flush>
        <details>
          <summary className="cursor-pointer px-4 py-2.5 font-semibold">As the FHIR server answers it</summary>
          <pre className="border-t border-line p-4 font-mono text-sm break-all whitespace-pre-wrap">{json}</pre>
        </details>
      </Panel>
    </WorkspacePage>
  );
}
