import { serverLog } from '#lib/data/audit/events.ts';
import { auditWritten } from '#lib/data/audit/queue.ts';
import type { TypeCount } from '#lib/data/resource/counts.ts';
import type { Sandbox } from '#lib/data/sandbox/sandboxes.ts';
import { nothingTouched } from '#lib/data/touched.ts';
import { type AuditedRequest, recordRequest } from './record-request.ts';

/**
 * Records in a single event that a command begins to import or export data. Resolves when the event is written, since
 * the command may be killed. The event's client id contains a colon, so no app can be registered under it.
 */
export async function recordCommand(
  sandboxId: number,
  { interaction, ...what }: { interaction: 'import' | 'export' } & Partial<Pick<AuditedRequest, 'query' | 'all'>>,
): Promise<void> {
  const run = { method: 'RUN', path: `npm run ${interaction}`, query: '', status: 200, touched: nothingTouched() };
  recordRequest(sandboxId, { clientId: `command:${interaction}` }, { interaction, ...run, ...what });
  await auditWritten();
}

/** Records in the log of a sandbox and in that of the server that a command renamed it. Resolves when it is written. */
export async function recordRenaming({ id, slug, name }: Sandbox, from: string): Promise<void> {
  const query = `${new URLSearchParams({ slug, name, before: from })}`;
  const run = { method: 'RUN', path: 'npm run rename-sandbox', query, status: 200, touched: nothingTouched() };
  for (const log of [id, serverLog])
    recordRequest(log, { clientId: 'command:rename-sandbox' }, { interaction: 'sandbox', action: 'U', ...run });
  await auditWritten();
}

/** Adds up the patients and the resources in counts by type. */
export function countsOf(types: TypeCount[]): { patients: number; resources: number } {
  const patients = types.find(({ resourceType }) => resourceType === 'Patient')?.count ?? 0;
  return { patients, resources: types.reduce((sum, { count }) => sum + count, 0) };
}
