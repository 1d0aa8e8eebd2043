import type { Interaction } from '../request/interaction.ts';

const readingKinds: Interaction['kind'][] = [
  'read',
  'vread',
  'search',
  'search-system',
  'search-compartment',
  'history-instance',
  'history-type',
  'history-system',
];

/** Tells whether an entry of a transaction reads; such entries are processed after all that write. */
export function isReading(method: string, interaction: Interaction): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return interaction.kind === 'operation'
    ? interaction.operation.inTransactions
    : readingKinds.includes(interaction.kind);
}
