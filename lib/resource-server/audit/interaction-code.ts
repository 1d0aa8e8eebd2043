import type { Touched } from '#lib/data/touched.ts';
import type { Interaction } from '../request/interaction.ts';

const codes: Partial<Record<Interaction['kind'], string>> = {
  search: 'search-type',
  'search-compartment': 'search-type',
  everything: 'operation',
  unsupported: 'operation',
  'conditional-update': 'update',
  'conditional-patch': 'patch',
  'conditional-delete': 'delete',
};

/** What FHIR calls an interaction. @see https://hl7.org/fhir/R4/codesystem-restful-interaction.html */
export function interactionCode({ kind }: Interaction, touched: Touched): string {
  return kind === 'bundle' ? (touched.bundle ?? 'batch') : (codes[kind] ?? kind);
}
