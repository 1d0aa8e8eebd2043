import { Action, Card } from './card.ts';
import { refuseUnstorable, sentenceOf } from './discovery.ts';

/**
 * The result of a call: cards to show, one sentence per card that cannot be shown, and changes that the service would
 * have had made without asking.
 */
export interface ReadCards {
  cards: Card[];
  problems: string[];
  systemActions: Action[];
}

const maxCards = 50;
const StorableCard = Card.superRefine(refuseUnstorable);
const rank = { critical: 0, warning: 1, info: 2 };

/**
 * Reads the response of a service, most urgent cards first. A malformed card does not affect the others.
 * @see https://cds-hooks.hl7.org/2.0/#http-response
 */
export function readCards(answer: unknown): ReadCards | { problem: string } {
  const { cards: sent, systemActions = [] } = (typeof answer === 'object' && answer !== null ? answer : {}) as {
    cards?: unknown;
    systemActions?: unknown;
  };
  if (!Array.isArray(sent)) return { problem: 'answered without a list of cards' };
  if (sent.length > maxCards) return { problem: `answered with more than ${maxCards} cards` };
  const read: ReadCards = { cards: [], problems: [], systemActions: [] };
  sent.forEach((one, index) => {
    const parsed = StorableCard.safeParse(one);
    if (parsed.success) read.cards.push(parsed.data);
    else read.problems.push(`cards[${index}]: ${sentenceOf(parsed.error)}.`);
  });
  readSystemActions(read, systemActions);
  return { ...read, cards: read.cards.toSorted((a, b) => rank[a.indicator] - rank[b.indicator]) };
}

function readSystemActions(read: ReadCards, sent: unknown): void {
  if (!Array.isArray(sent)) {
    read.problems.push('systemActions: is no list.');
    return;
  }
  sent.slice(0, maxCards).forEach((one, index) => {
    const parsed = Action.safeParse(one);
    if (parsed.success) read.systemActions.push(parsed.data);
    else read.problems.push(`systemActions[${index}]: ${sentenceOf(parsed.error)}.`);
  });
}
