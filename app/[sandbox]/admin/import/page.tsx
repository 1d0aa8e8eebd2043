import { Download } from 'lucide-react';
import { ImportPanel } from '#components/import/import-panel.tsx';
import type { EarlierImport } from '#components/import/last-import.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { countByType } from '#lib/data/resource/counts.ts';
import { findLatestImport } from '#lib/data/seed/import-jobs.ts';
import { requireAdmin } from '../require-admin.ts';

export const metadata = { title: 'Import and export' };

export default async function ImportPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  const { sandbox } = await requireAdmin(slug, '/import');
  const [earlier, types] = await Promise.all([earlierImport(sandbox.id), countByType(sandbox.id)]);
  const total = types.reduce((sum, { count }) => sum + count, 0).toLocaleString('en-US');
  const base = `/${slug}/admin/import`;
  return (
    <WorkspacePage>
      <PageHeader
        title="Import and export"
        description={`Bring FHIR data into ${sandbox.name}, such as a folder that Synthea wrote, and take it out again.`}
        breadcrumbs={[{ label: 'Administration', href: `/${slug}/admin` }]}
      />
      <ImportPanel base={base} earlier={earlier} />
      <Panel id="export" title="Export">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <p className="min-w-0 flex-1 basis-72 text-muted text-pretty">
            {`All ${total} resources in one NDJSON file, one to a line. Importing it elsewhere makes the same data.`}
          </p>
          <a href={`${base}/data`} download className={buttonClass({ variant: 'secondary' })}>
            <Download aria-hidden />
            Download
          </a>
        </div>
      </Panel>
    </WorkspacePage>
  );
}

async function earlierImport(sandboxId: number): Promise<EarlierImport | undefined> {
  const job = await findLatestImport(sandboxId);
  if (!job) return undefined;
  const { id: _, updatedAt: _u, startedAt, ...shown } = job;
  return { ...shown, startedAt: `${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` };
}
