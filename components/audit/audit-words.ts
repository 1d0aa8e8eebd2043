import type { Tone } from '#components/ui/badge.tsx';
import type { AuditAction, AuditOutcome } from '#lib/fhir/audit/record.ts';

/** What an action is called, by its code in AuditEvent.action. */
export const actionWords: Record<AuditAction, string> = {
  C: 'Create',
  R: 'Read',
  U: 'Update',
  D: 'Delete',
  E: 'Search or batch',
};

/** What an outcome is called, and how it looks. */
export const outcomeWords: Record<AuditOutcome, { word: string; tone: Tone }> = {
  0: { word: 'Done', tone: 'success' },
  4: { word: 'Refused', tone: 'warning' },
  8: { word: 'Failed', tone: 'danger' },
};

const interactions = new Map([
  ['read', 'Read'],
  ['vread', 'Read a version'],
  ['history-instance', 'History'],
  ['history-type', 'History'],
  ['history-system', 'History'],
  ['search-type', 'Search'],
  ['search-system', 'Search'],
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
  ['order', 'Order signed'],
  ['encounter', 'Encounter started'],
  ['import', 'Import'],
  ['export', 'Export'],
  ['member', 'Member changed'],
  ['access', 'Access ended'],
  ['app', 'App changed'],
  ['cds-service', 'CDS service changed'],
  ['settings', 'Settings changed'],
]);

/** What an interaction is called. */
export function interactionWord(interaction: string): string {
  return interactions.get(interaction) ?? interaction;
}

/** `GET Patient/1`, percent-encoding undone where it can be. */
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

/** `2026-01-02 03:04:05`, in UTC: to the second, since order is what a log is read for. */
export function utcText(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
