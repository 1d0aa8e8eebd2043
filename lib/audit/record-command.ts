import { auditWritten } from '#lib/data/audit/queue.ts';
import type { TypeCount } from '#lib/data/resource/exported-resources.ts';
import { nothingTouched } from '#lib/data/touched.ts';
import { type AuditedRequest, recordRequest } from './record-request.ts';

/**
 * Records that a command begins to bring data in or to take them out, in one event for all of them. Resolves when it is
 * written: the command may be killed. No app can be registered under its name, for it has a colon.
 */
export async function recordCommand(
  sandboxId: number,
  { interaction, ...what }: { interaction: 'import' | 'export' } & Partial<Pick<AuditedRequest, 'query' | 'all'>>,
): Promise<void> {
  const run = { method: 'RUN', path: `npm run ${interaction}`, query: '', status: 200, touched: nothingTouched() };
  recordRequest(sandboxId, { clientId: `command:${interaction}` }, { interaction, ...run, ...what });
  await auditWritten();
}

/** How many patients and resources there are of these types. */
export function countsOf(types: TypeCount[]): { patients: number; resources: number } {
  const patients = types.find(({ resourceType }) => resourceType === 'Patient')?.count ?? 0;
  return { patients, resources: types.reduce((sum, { count }) => sum + count, 0) };
}
