import type { CodeableConcept, Quantity } from 'fhir/r4';

/** The words of a concept: its own text, or the display or code of its first coding. */
export function conceptText(concept: CodeableConcept | undefined): string {
  const coding = concept?.coding?.[0];
  return concept?.text ?? coding?.display ?? coding?.code ?? '';
}

/** The codes of a concept, whatever their system. */
export function codesOf(concept: CodeableConcept | undefined): string[] {
  return (concept?.coding ?? []).flatMap((coding) => coding.code ?? []);
}

/** A number with its unit as people write it, e.g. `7.2 mmol/L`. */
export function quantityText(quantity: Quantity | undefined): string {
  if (quantity?.value === undefined) return '';
  const unit = quantity.unit ?? quantity.code ?? '';
  const number = `${quantity.comparator ?? ''}${quantity.value}`;
  return unit === '%' ? `${number}%` : `${number} ${unit}`.trim();
}
