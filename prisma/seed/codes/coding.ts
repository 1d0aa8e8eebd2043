import type { CodeableConcept, Coding } from 'fhir/r4';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';

/** The code systems the synthetic data uses, by their FHIR URLs. @see https://hl7.org/fhir/R4/terminologies-systems.html */
export const systems = {
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  ucum: 'http://unitsofmeasure.org',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  icd10pcs: 'http://www.cms.gov/Medicare/Coding/ICD10',
  nucc: 'http://nucc.org/provider-taxonomy',
} as const;

/** A code and its display, as the code system itself spells it. */
export type Code = readonly [code: string, display: string];

/** Turns a table of codes into Codings of one system, keeping its keys. */
export function codings<K extends string>(system: string, table: Record<K, Code>): Record<K, Required<CodeOf>> {
  const rows = Object.entries<Code>(table).map(([key, [code, display]]) => [key, { system, code, display }]);
  return Object.fromEntries(rows);
}

interface CodeOf {
  system: string;
  code: string;
  display: string;
}

/** A concept of one or more codings; its text is the first one's display. */
export function concept(...coding: [Coding, ...Coding[]]): CodeableConcept {
  return { coding, text: coding[0].display };
}

/** A concept of an HL7 code system under `http://terminology.hl7.org/CodeSystem/`. */
export function hl7Concept(codeSystem: string, code: string, display?: string): CodeableConcept {
  return {
    coding: [withoutUndefined({ system: `http://terminology.hl7.org/CodeSystem/${codeSystem}`, code, display })],
  };
}
