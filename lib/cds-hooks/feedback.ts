import type { ShownCard } from '#lib/data/cds/cards.ts';
import type { Sandbox } from '#lib/data/sandbox/sandboxes.ts';
import { ownOrigins } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import { callEndpoint } from './call.ts';
import type { Coding } from './card.ts';
import { serviceEndpoint } from './service-address.ts';

/** What a user did with a card. */
export type CardOutcome =
  | { outcome: 'accepted'; suggestions: (string | undefined)[] }
  | { outcome: 'overridden'; reason?: Coding | undefined; comment?: string | undefined };

/** The feedback request that tells a service the outcome of its card. @see https://cds-hooks.hl7.org/2.0/#feedback */
export function feedbackOf(card: string, done: CardOutcome, at: Date): object {
  return { feedback: [{ card, outcome: done.outcome, ...detailOf(done), outcomeTimestamp: at.toISOString() }] };
}

function detailOf(done: CardOutcome): object {
  if (done.outcome === 'accepted') {
    return { acceptedSuggestions: done.suggestions.flatMap((id) => (id === undefined ? [] : [{ id }])) };
  }
  const { reason, comment } = done;
  if (!reason && !comment) return {};
  return { overrideReason: { reason, userComment: comment || undefined } };
}

/**
 * Sends feedback in the background; failures are only logged, as the endpoint is optional. Cards without a uuid get
 * none.
 */
export function sendFeedback(
  sandbox: Pick<Sandbox, 'id' | 'slug'>,
  { service }: Pick<ShownCard, 'service'>,
  uuid: string | undefined,
  done: CardOutcome,
): void {
  if (uuid === undefined) return;
  const endpoint = `${serviceEndpoint(service, ownOrigins())}/feedback`;
  callEndpoint(sandbox, endpoint, feedbackOf(uuid, done, new Date())).catch((thrown: unknown) => {
    log.warn('A CDS service did not take feedback.', {
      endpoint,
      why: thrown instanceof Error ? thrown.message : String(thrown),
    });
  });
}
