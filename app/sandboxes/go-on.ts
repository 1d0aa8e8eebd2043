import { outsideTransaction } from '#lib/data/database/ambient.ts';
import { log } from '#lib/log/log.ts';
import { workOnSandboxes } from '#lib/sandbox-file/fill-sandboxes.ts';

/** Fills and clears sandboxes after the response. Failures are retried, and shown to administrators. */
export function goOnWithSandboxes(): void {
  outsideTransaction(workOnSandboxes).catch((error) => log.error('Sandboxes could not be worked on.', { error }));
}
