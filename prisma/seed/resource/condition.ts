import type { Condition, Reference } from 'fhir/r4';
import { concept, hl7Concept } from '../codes/coding.ts';
import type { ProblemKey } from '../codes/problems.ts';
import { diagnosisCodes, disorderCodes } from '../codes/problems.ts';
import { encounterCodes } from '../codes/snomed.ts';
import { claims } from '../codes/us-core.ts';
import type { ProblemTraits } from '../data/problem-table.ts';
import { problemTable } from '../data/problem-table.ts';
import type { Chart } from '../person/chart.ts';
import { ageAt, ageNow, referenceTo, subjectOf } from '../person/chart.ts';
import { bodyMassIndexAt } from '../person/physique.ts';
import { atClinic, isoDate, isoTime, plusDays, plusYears } from '../value/calendar.ts';
import { interpolate } from '../value/interpolate.ts';
import { fileEncounter } from './encounter.ts';

export type FiledProblem = { key: ProblemKey; condition: Condition & { id: string }; since: Date };

export interface ConditionPlan {
  key: ProblemKey;
  since: Date;
  category: 'problem-list-item' | 'encounter-diagnosis';
  recorded: Date;
  resolved?: Date;
  encounter?: Reference;
}

export function fileCondition(chart: Chart, plan: ConditionPlan): Condition & { id: string } {
  const listed = plan.category === 'problem-list-item';
  return chart.file<Condition>({
    resourceType: 'Condition',
    meta: claims(listed ? 'condition-problems-health-concerns' : 'condition-encounter-diagnosis'),
    clinicalStatus: hl7Concept('condition-clinical', plan.resolved ? 'resolved' : 'active'),
    verificationStatus: hl7Concept('condition-ver-status', 'confirmed'),
    category: [hl7Concept('condition-category', plan.category, listed ? 'Problem List Item' : 'Encounter Diagnosis')],
    code: concept(disorderCodes[plan.key], diagnosisCodes[plan.key]),
    subject: subjectOf(chart),
    encounter: plan.encounter,
    onsetDateTime: isoDate(plan.since),
    abatementDateTime: plan.resolved && isoDate(plan.resolved),
    recordedDate: isoTime(plan.recorded),
    recorder: chart.clinician,
  });
}

function isPossible(chart: Chart, traits: ProblemTraits): boolean {
  return (
    (!traits.sex || traits.sex === chart.person.sex) &&
    (!traits.smokersOnly || chart.person.smoking !== 'never') &&
    !traits.unless?.some((other) => chart.problems.has(other) || chart.person.problems.includes(other))
  );
}

/** Prevalence of a problem at an age; nobody younger than the table's first row has it. */
function prevalenceAt(traits: ProblemTraits | undefined, age: number): number {
  const [from = Number.POSITIVE_INFINITY] = traits?.prevalence[0] ?? [];
  return traits && age >= from ? interpolate(traits.prevalence, age) : 0;
}

/**
 * Whether a person has a problem, by age, sex and chance. The number is drawn even if it is not needed, so that one
 * problem's outcome does not affect the next.
 */
function strikes(chart: Chart, key: ProblemKey, traits: ProblemTraits): boolean {
  const drawn = chart.random.chance(prevalenceAt(traits, ageNow(chart)));
  return chart.person.problems.includes(key) || (drawn && isPossible(chart, traits));
}

function listProblem(chart: Chart, key: ProblemKey, since: Date): FiledProblem {
  chart.problems.add(key);
  const visit = atClinic(since, chart.random.integer(32, 60) * 15);
  const recorded = visit < chart.now ? visit : since;
  return { key, since, condition: fileCondition(chart, { key, since, recorded, category: 'problem-list-item' }) };
}

function sufferOnce(chart: Chart, key: ProblemKey): FiledProblem | undefined {
  const start = atClinic(plusDays(chart.now, -chart.random.integer(30, 800)), chart.random.integer(32, 60) * 15);
  const since = plusDays(start, -chart.random.integer(1, 4));
  if (prevalenceAt(problemTable[key], ageAt(chart, since)) === 0) {
    return undefined;
  }
  const encounter = referenceTo(
    fileEncounter(chart, { start, type: encounterCodes.symptom, reason: disorderCodes[key] }),
  );
  const resolved = plusDays(start, chart.random.integer(6, 18));
  return {
    key,
    since: start,
    condition: fileCondition(chart, {
      key,
      since,
      recorded: start,
      resolved,
      encounter,
      category: 'encounter-diagnosis',
    }),
  };
}

function onset(chart: Chart, traits: ProblemTraits): Date {
  const longest = Math.min(traits.yearsKnown ?? 0.5, ageNow(chart) * 0.6);
  return plusYears(chart.now, -chart.random.between(0.15, Math.max(0.2, longest)));
}

function fileProblem(chart: Chart, key: ProblemKey, traits: ProblemTraits): FiledProblem | undefined {
  return traits.course === 'chronic' ? listProblem(chart, key, onset(chart, traits)) : sufferOnce(chart, key);
}

function isObese(chart: Chart): boolean {
  return ageNow(chart) > 18 && !chart.problems.has('pregnancy') && bodyMassIndexAt(chart.person, chart.now) >= 30;
}

/** Files the problem list and past illnesses, and notes the chronic problems in the chart. */
export function fileConditions(chart: Chart): FiledProblem[] {
  const table = Object.entries(problemTable) as [ProblemKey, ProblemTraits][];
  const filed = table.flatMap(([key, traits]) =>
    strikes(chart, key, traits) ? (fileProblem(chart, key, traits) ?? []) : [],
  );
  return isObese(chart)
    ? [...filed, listProblem(chart, 'obesity', plusYears(chart.now, -chart.random.between(0.5, 3)))]
    : filed;
}
