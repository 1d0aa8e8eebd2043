import type { Coding, Observation, Reference } from 'fhir/r4';
import { concept, hl7Concept } from '../codes/coding.ts';
import { claims } from '../codes/us-core.ts';
import type { Chart } from '../person/chart.ts';
import { subjectOf } from '../person/chart.ts';
import { isoTime } from '../value/calendar.ts';

const categoryNames = {
  'vital-signs': 'Vital Signs',
  laboratory: 'Laboratory',
  'social-history': 'Social History',
  survey: 'Survey',
  exam: 'Exam',
} as const;

export interface ObservationPlan {
  profile: string;
  category: keyof typeof categoryNames;
  code: [Coding, ...Coding[]];
  date: Date;
  /** Time at which the result became known; by default the date itself. */
  issued?: Date;
  encounter?: Reference;
  performer?: Reference;
  /** Value, interpretation, reference ranges and components. */
  result: Partial<Observation>;
}

/** Files a final Observation. */
export function fileObservation(chart: Chart, plan: ObservationPlan): Observation & { id: string } {
  return chart.file<Observation>({
    resourceType: 'Observation',
    meta: claims(plan.profile),
    status: 'final',
    category: [hl7Concept('observation-category', plan.category, categoryNames[plan.category])],
    code: concept(...plan.code),
    subject: subjectOf(chart),
    encounter: plan.encounter,
    effectiveDateTime: isoTime(plan.date),
    issued: isoTime(plan.issued ?? plan.date),
    performer: [plan.performer ?? chart.clinician],
    ...plan.result,
  });
}
