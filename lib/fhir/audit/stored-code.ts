/** Codes in older records that FHIR's code system of interactions does not have, and the code that is right. */
const corrections = new Map([
  ['validate', 'operation'],
  ['metadata', 'capabilities'],
  ['smart-configuration', 'capabilities'],
]);

/** The code of the interaction that a stored record names: records of earlier versions name some by codes that do not exist. */
export function codeOfStored(interaction: string): string {
  return corrections.get(interaction) ?? interaction;
}

/** Every name under which records of the interaction `code` may be stored. */
export function storedCodesOf(code: string): string[] {
  if (corrections.has(code)) return [];
  return [code, ...[...corrections].flatMap(([former, correct]) => (correct === code ? [former] : []))];
}
