import type { AllergyIntolerance } from 'fhir/r4';
import type { AllergySummary } from '#components/patient/patient-banner.tsx';
import { codesOf, conceptText } from '#components/record/fhir-text.ts';

/** SNOMED CT codes by which a record says that there are no known allergies, food or drug ones included. */
const noneKnown = ['716186003', '409137002', '428607008', '429625007'];
const notInForce = ['resolved', 'inactive', 'refuted', 'entered-in-error'];

/** Tells whether the resource states that there are no known allergies. */
export function statesNone({ code }: AllergyIntolerance): boolean {
  return codesOf(code).some((found) => noneKnown.includes(found));
}

const inForce = ({ clinicalStatus, verificationStatus }: AllergyIntolerance) =>
  ![...codesOf(clinicalStatus), ...codesOf(verificationStatus)].some((code) => notInForce.includes(code));

/** Summarizes allergies for the patient banner; resolved and refuted ones do not count. */
export function summarizeAllergies(allergies: readonly AllergyIntolerance[]): AllergySummary {
  const current = allergies.filter(inForce);
  const named = current.filter((allergy) => !statesNone(allergy));
  const high = ({ criticality }: AllergyIntolerance) => Number(criticality === 'high');
  return {
    names: named.toSorted((a, b) => high(b) - high(a)).map(({ code }) => conceptText(code)),
    noneKnown: current.some(statesNone),
  };
}
