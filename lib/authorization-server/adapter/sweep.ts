import { sweepAuditEvents } from '#lib/data/audit/retention.ts';
import { sweepCards } from '#lib/data/cds/cards.ts';
import { connection } from '#lib/data/database/database.ts';
import { sweepSessions } from '#lib/data/session/end-sessions.ts';
import { sweepPayloads } from '#lib/data/token/oidc-sweep.ts';
import { sweepSigningKeys } from '#lib/data/token/signing-keys.ts';
import { processWide } from '#lib/work/process-wide.ts';

const interval = 10 * 60 * 1000;

/** When each database of this process was last swept, or, before the first sweep, when it was first used. */
const last = processWide('sweeps', () => new WeakMap<object, number>());

/**
 * Deletes expired artifacts, sessions, signing keys, CDS cards and audit events. Callers may call it with every request:
 * it works at most once in ten minutes per process, and not in the first ten.
 */
export async function sweepNowAndThen(now = Date.now()): Promise<void> {
  const before = last.get(connection()) ?? now;
  const isDue = now - before >= interval;
  last.set(connection(), isDue ? now : before);
  if (!isDue) return;
  await sweepPayloads(new Date(now));
  await sweepSessions(new Date(now));
  await sweepCards(new Date(now));
  await sweepSigningKeys(new Date(now));
  await sweepAuditEvents(new Date(now));
}
