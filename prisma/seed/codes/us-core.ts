/** Canonical URL of a US Core 6.1 structure definition. @see https://hl7.org/fhir/us/core/STU6.1/ */
export function usCore(name: string): string {
  return `http://hl7.org/fhir/us/core/StructureDefinition/us-core-${name}`;
}

/** A resource's `meta` that claims one or more US Core profiles. */
export function claims(...names: string[]): { profile: string[] } {
  return { profile: names.map(usCore) };
}

/** A category from one of US Core's code systems, e.g. `assess-plan` or `clinical-note`. */
export function usCoreCategory(codeSystem: string, code: string, display: string) {
  return { coding: [{ system: `http://hl7.org/fhir/us/core/CodeSystem/${codeSystem}`, code, display }] };
}
