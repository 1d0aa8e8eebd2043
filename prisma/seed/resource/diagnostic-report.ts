import type { Coding, DiagnosticReport, Reference } from 'fhir/r4';
import { concept, hl7Concept } from '../codes/coding.ts';
import { claims } from '../codes/us-core.ts';
import type { Chart } from '../person/chart.ts';
import { subjectOf } from '../person/chart.ts';
import { isoTime } from '../value/calendar.ts';
import { laboratory } from './hospital.ts';

export interface ReportPlan {
  code: Coding;
  date: Date;
  /** As a FHIR instant. */
  issued: string;
  results: Reference[];
  encounter?: Reference;
  conclusion?: string;
}

/** Files a final laboratory report. */
export function fileReport(chart: Chart, plan: ReportPlan): DiagnosticReport & { id: string } {
  return chart.file<DiagnosticReport>({
    resourceType: 'DiagnosticReport',
    meta: claims('diagnosticreport-lab'),
    status: 'final',
    category: [hl7Concept('v2-0074', 'LAB', 'Laboratory')],
    code: concept(plan.code),
    subject: subjectOf(chart),
    encounter: plan.encounter,
    effectiveDateTime: isoTime(plan.date),
    issued: plan.issued,
    performer: [laboratory],
    resultsInterpreter: [chart.clinician],
    result: plan.results,
    conclusion: plan.conclusion,
  });
}
