import { sweepAuditEvents } from '#lib/data/audit/events.ts';
import { sweepCards } from '#lib/data/cds/cards.ts';
import { sweepPayloads } from '#lib/data/token/oidc-sweep.ts';
import { sweepSigningKeys } from '#lib/data/token/signing-keys.ts';

const interval = 10 * 60 * 1000;
let last = Date.now();

/**
 * Clears away what has expired: artifacts and keys, old cards of CDS services and audit events. At most once in ten minutes
 * per process; to be called now and then.
 */
export async function sweepNowAndThen(now = Date.now()): Promise<void> {
  if (now - last < interval) return;
  last = now;
  await sweepPayloads(new Date(now));
  await sweepCards(new Date(now));
  await sweepSigningKeys(new Date(now));
  await sweepAuditEvents(new Date(now));
}
