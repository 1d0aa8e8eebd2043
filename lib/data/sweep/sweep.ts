import { log } from '#lib/log/log.ts';
import { count } from '#lib/telemetry/metrics.ts';
import { isEnding } from '#lib/work/ending.ts';
import { sweepAuditEvents } from '../audit/retention.ts';
import { sweepCards } from '../cds/cards.ts';
import { sweepSessions } from '../session/end-sessions.ts';
import { sweepPayloads } from '../token/oidc-sweep.ts';
import { sweepSigningKeys } from '../token/signing-keys.ts';

const parts = {
  'Expired tokens': sweepPayloads,
  'Ended sessions': sweepSessions,
  'Cards of CDS services': sweepCards,
  'Retired signing keys': sweepSigningKeys,
  'Audit events': sweepAuditEvents,
};

/**
 * Deletes expired artifacts, sessions, signing keys, CDS cards and audit events, slice by slice. What fails is logged,
 * keeps no other part from being swept, and is tried again the next time. When the process ends, it stops after a slice.
 * Several processes may sweep at once.
 */
export async function sweep(now = new Date()): Promise<void> {
  for (const [what, part] of Object.entries(parts)) {
    if (isEnding()) return;
    await part(now).then(
      () => count('ehr_sweep_parts_total', { result: 'done' }),
      (error) => {
        count('ehr_sweep_parts_total', { result: 'failed' });
        log.error('A part of what has expired could not be swept.', { part: what, error });
      },
    );
  }
}
