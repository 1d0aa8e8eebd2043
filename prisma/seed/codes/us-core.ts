/** Canonical URL of a US Core 6.1 structure definition. @see https://hl7.org/fhir/us/core/STU6.1/ */
export function usCore(name: string): string {
  return `http://hl7.org/fhir/us/core/StructureDefinition/us-core-${name}`;
}

/** `meta` that claims a US Core profile, or several. */
export function claims(...names: string[]): { profile: string[] } {
  return { profile: names.map(usCore) };
}

/** Category of US Core's own code system, e.g. `assess-plan` or `clinical-note`. */
export function usCoreCategory(codeSystem: string, code: string, display: string) {
  return { coding: [{ system: `http://hl7.org/fhir/us/core/CodeSystem/${codeSystem}`, code, display }] };
}
