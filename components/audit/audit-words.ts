import type { Tone } from '#components/ui/badge.tsx';
import type { AuditAction, AuditOutcome } from '#lib/fhir/audit/record.ts';

/** The words for actions, by their code in AuditEvent.action. */
export const actionWords: Record<AuditAction, string> = {
  C: 'Create',
  R: 'Read',
  U: 'Update',
  D: 'Delete',
  E: 'Search or batch',
};

/** The words and colours for outcomes. */
export const outcomeWords: Record<AuditOutcome, { word: string; tone: Tone }> = {
  0: { word: 'Done', tone: 'success' },
  4: { word: 'Refused', tone: 'warning' },
  8: { word: 'Failed', tone: 'danger' },
};

const interactions = new Map([
  ['read', 'Read'],
  ['vread', 'Read a version'],
  ['history-instance', 'History'],
  ['history-type', 'History of a type'],
  ['history-system', 'History of all types'],
  ['search-type', 'Search'],
  ['search-system', 'Search of all types'],
  ['create', 'Create'],
  ['update', 'Update'],
  ['patch', 'Patch'],
  ['delete', 'Delete'],
  ['batch', 'Batch'],
  ['transaction', 'Transaction'],
  ['operation', 'Operation'],
  ['capabilities', 'Capabilities'],
  ['chart', 'Chart opened'],
  ['lookup', 'Looked up'],
  ['launch', 'Launch'],
  ['cds-hook', 'Told a CDS service'],
  ['cds-suggestion', 'Suggestion accepted'],
  ['cds-override', 'Card dismissed'],
  ['order', 'Order signed'],
  ['encounter', 'Encounter started'],
  ['import', 'Import'],
  ['export', 'Export'],
  ['member', 'Member changed'],
  ['access', 'Access ended'],
  ['app', 'App changed'],
  ['cds-service', 'CDS service changed'],
  ['settings', 'Settings changed'],
  ['invitation', 'Invitation answered'],
  ['consent', 'Consent answered'],
  ['token', 'Token asked for'],
  ['client-authentication', 'App failed to authenticate'],
  ['keys', 'Signing keys changed'],
  ['registration', 'Registration of apps changed'],
  ['sandbox', 'Sandbox made, renamed, reset or deleted'],
  ['brand', 'Brand changed'],
  ['scenario', 'Launch scenario changed'],
  ['sign-in', 'Signed in'],
  ['sign-out', 'Signed out'],
  ['password', 'Password changed'],
  ['left-out', 'Older events, counted'],
]);

/** Every kind of event with its word, by the alphabet. */
export const eventOptions = [...interactions]
  .map(([value, label]) => ({ value, label }))
  .toSorted((one, other) => one.label.localeCompare(other.label, 'en'));

/** The words for an interaction, or its code when there are none. */
export function interactionWord(interaction: string): string {
  return interactions.get(interaction) ?? interaction;
}

/** A request such as `GET Patient/1`, with percent-encoding decoded where that is possible. */
export function requestLine({ method, path, query }: { method: string; path: string; query: string }): string {
  const target = query ? `${path}?${query}` : path;
  return `${method} ${decoded(target) || '/'}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** A time such as `2026-01-02 03:04:05`, in UTC and to the second, since the order of events matters in a log. */
export function utcText(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
