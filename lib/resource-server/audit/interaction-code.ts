import type { Touched } from '#lib/data/touched.ts';
import type { Interaction } from '../request/interaction.ts';

/** FHIR's code for each kind of interaction. A Bundle has none here: its type is its code. */
const codes: Record<Exclude<Interaction['kind'], 'bundle'>, string> = {
  metadata: 'capabilities',
  'smart-configuration': 'capabilities',
  read: 'read',
  vread: 'vread',
  create: 'create',
  update: 'update',
  'conditional-update': 'update',
  patch: 'patch',
  'conditional-patch': 'patch',
  delete: 'delete',
  'conditional-delete': 'delete',
  search: 'search-type',
  'search-system': 'search-system',
  'search-compartment': 'search-type',
  'history-instance': 'history-instance',
  'history-type': 'history-type',
  'history-system': 'history-system',
  operation: 'operation',
  unsupported: 'operation',
};

/** FHIR's code for an interaction. @see https://hl7.org/fhir/R4/codesystem-restful-interaction.html */
export function interactionCode({ kind }: Interaction, { bundle = 'batch' }: Pick<Touched, 'bundle'>): string {
  return kind === 'bundle' ? bundle : codes[kind];
}
