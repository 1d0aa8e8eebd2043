import type { AllergyIntolerance } from 'fhir/r4';
import { concept, hl7Concept } from '../codes/coding.ts';
import type { DrugKey } from '../codes/rxnorm.ts';
import { allergenCodes } from '../codes/snomed.ts';
import { claims } from '../codes/us-core.ts';
import type { AllergyTraits } from '../data/allergies.ts';
import { allergies } from '../data/allergies.ts';
import type { Chart } from '../person/chart.ts';
import { ageNow, subjectOf } from '../person/chart.ts';
import { isoTime, plusYears } from '../value/calendar.ts';

function fileAllergy(chart: Chart, details: Pick<AllergyIntolerance, 'code'> & Partial<AllergyIntolerance>): void {
  const known = chart.random.between(0.02, Math.min(8, ageNow(chart) * 0.7));
  chart.file<AllergyIntolerance>({
    resourceType: 'AllergyIntolerance',
    meta: claims('allergyintolerance'),
    clinicalStatus: hl7Concept('allergyintolerance-clinical', 'active', 'Active'),
    verificationStatus: hl7Concept('allergyintolerance-verification', 'confirmed', 'Confirmed'),
    patient: subjectOf(chart),
    recordedDate: isoTime(plusYears(chart.now, -known)),
    recorder: chart.clinician,
    ...details,
  });
}

function detailsOf(traits: AllergyTraits): Parameters<typeof fileAllergy>[1] {
  return {
    type: 'allergy',
    category: [traits.category],
    criticality: traits.criticality,
    code: concept(traits.code),
    reaction: [{ manifestation: [concept(traits.reaction)], severity: traits.severity }],
  };
}

/** Files the person's allergies, or the statement that there are none. Nobody is allergic to a drug they take. */
export function fileAllergies(chart: Chart, taken: Set<DrugKey>): void {
  const found = allergies.filter(({ share, drugs }) => {
    const drawn = chart.random.chance(share);
    return drawn && ageNow(chart) > 1.5 && !drugs.some((drug) => taken.has(drug));
  });
  for (const traits of found) {
    fileAllergy(chart, detailsOf(traits));
  }
  if (found.length === 0) {
    fileAllergy(chart, { code: concept(allergenCodes.noKnownAllergy) });
  }
}
