import type { Dosage, MedicationRequest } from 'fhir/r4';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { concept, hl7Concept, systems } from '../codes/coding.ts';
import type { DrugKey } from '../codes/rxnorm.ts';
import { drugCodes } from '../codes/rxnorm.ts';
import { routeCodes } from '../codes/snomed.ts';
import { claims } from '../codes/us-core.ts';
import type { DosageTraits } from '../data/dosages.ts';
import { dosages } from '../data/dosages.ts';
import { problemTable } from '../data/problem-table.ts';
import type { Chart } from '../person/chart.ts';
import { ageNow, referenceTo, subjectOf } from '../person/chart.ts';
import { isoTime } from '../value/calendar.ts';
import type { FiledProblem } from './condition.ts';

const doseUnits = { TAB: 'tablet', CAP: 'capsule', PUFF: 'puff', CREAM: 'application' } as const;

function doseOf({ dose, form }: DosageTraits) {
  return form === 'ml'
    ? { value: dose, unit: 'mL', system: systems.ucum, code: 'mL' }
    : {
        value: dose,
        unit: doseUnits[form],
        system: 'http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm',
        code: form,
      };
}

function dosageOf(traits: DosageTraits): Dosage {
  return withoutUndefined<Dosage>({
    text: traits.text,
    timing: { repeat: { frequency: traits.timesPerDay, period: 1, periodUnit: 'd' } },
    asNeededBoolean: traits.asNeeded,
    route: concept(routeCodes[traits.route]),
    doseAndRate: [{ doseQuantity: doseOf(traits) }],
  });
}

function fileMedicationRequest(chart: Chart, drug: DrugKey, problem: FiledProblem): void {
  const traits = dosages[drug];
  chart.file<MedicationRequest>({
    resourceType: 'MedicationRequest',
    meta: claims('medicationrequest'),
    status: traits.days ? 'completed' : 'active',
    intent: 'order',
    category: [hl7Concept('medicationrequest-category', 'community', 'Community')],
    medicationCodeableConcept: concept(drugCodes[drug]),
    subject: subjectOf(chart),
    encounter: problem.condition.encounter,
    authoredOn: problem.condition.recordedDate ?? isoTime(problem.since),
    requester: chart.clinician,
    reasonReference: [referenceTo(problem.condition)],
    dosageInstruction: [dosageOf(traits)],
    dispenseRequest: {
      numberOfRepeatsAllowed: traits.days ? 0 : 3,
      expectedSupplyDuration: { value: traits.days ?? 90, unit: 'days', system: systems.ucum, code: 'd' },
    },
  });
}

/** Lowest age in years for drugs whose adult forms young children cannot take. */
const fromYears: Partial<Record<DrugKey, number>> = { acetaminophen: 12, cetirizine: 6, fluticasone: 4, albuterol: 4 };

function isChosen(chart: Chart, drug: DrugKey): boolean {
  const needed = drug !== 'amlodipine' || chart.random.chance(0.4);
  return needed && ageNow(chart) >= (fromYears[drug] ?? 0);
}

/** Files drugs for each problem, none of them twice, and returns them. */
export function fileMedicationRequests(chart: Chart, problems: FiledProblem[]): Set<DrugKey> {
  const taken = new Set<DrugKey>();
  for (const problem of problems) {
    const drugs = problemTable[problem.key]?.drugs ?? [];
    for (const drug of drugs.filter((candidate) => !taken.has(candidate) && isChosen(chart, candidate))) {
      taken.add(drug);
      fileMedicationRequest(chart, drug, problem);
    }
  }
  return taken;
}
