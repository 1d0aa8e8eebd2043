import { sweepAuditEvents } from '#lib/data/audit/events.ts';
import { sweepCards } from '#lib/data/cds/cards.ts';
import { connection } from '#lib/data/database/database.ts';
import { sweepPayloads } from '#lib/data/token/oidc-sweep.ts';
import { sweepSigningKeys } from '#lib/data/token/signing-keys.ts';

const interval = 10 * 60 * 1000;

/** When each database of this process was last swept, or was first asked about. */
const last = new WeakMap<object, number>();

/**
 * Clears away what has expired: artifacts and keys, old cards of CDS services and audit events. At most once in ten minutes
 * per process, and not in its first ten; to be called now and then.
 */
export async function sweepNowAndThen(now = Date.now()): Promise<void> {
  const before = last.get(connection()) ?? now;
  const isDue = now - before >= interval;
  last.set(connection(), isDue ? now : before);
  if (!isDue) return;
  await sweepPayloads(new Date(now));
  await sweepCards(new Date(now));
  await sweepSigningKeys(new Date(now));
  await sweepAuditEvents(new Date(now));
}
