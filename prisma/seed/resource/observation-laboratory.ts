import type { DiagnosticReport, Observation, Reference } from 'fhir/r4';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { hl7Concept } from '../codes/coding.ts';
import { analyteCodes, panelCodes } from '../codes/loinc.ts';
import { quantity } from '../codes/ucum.ts';
import type { AnalyteKey, Range } from '../data/analytes.ts';
import { analytes, childHemoglobin } from '../data/analytes.ts';
import type { Chart, Visit } from '../person/chart.ts';
import { ageAt, encounterOf, referenceTo } from '../person/chart.ts';
import { isoTime, plusHours } from '../value/calendar.ts';
import { fileReport } from './diagnostic-report.ts';
import { laboratory } from './hospital.ts';
import type { Values } from './laboratory-values.ts';
import { fileObservation } from './observation.ts';

const interpretations = { L: 'Low', N: 'Normal', H: 'High' } as const;

function judge(value: number, { low, high }: Range): keyof typeof interpretations {
  if (low !== undefined && value < low) {
    return 'L';
  }
  return high !== undefined && value > high ? 'H' : 'N';
}

function rangeFor(chart: Chart, key: AnalyteKey, date: Date): Range {
  const { range } = analytes[key];
  if (key === 'hemoglobin' && ageAt(chart, date) < 5) {
    return childHemoglobin;
  }
  return 'female' in range ? range[chart.person.sex] : range;
}

/** `interpretation` and `referenceRange` of a value in the range's unit. */
export function judgement(value: number, range: Range, key: AnalyteKey): Partial<Observation> {
  const code = judge(value, range);
  const { unit } = analytes[key];
  return {
    interpretation: [hl7Concept('v3-ObservationInterpretation', code, interpretations[code])],
    referenceRange: [
      withoutUndefined({
        low: range.low === undefined ? undefined : quantity(range.low, unit),
        high: range.high === undefined ? undefined : quantity(range.high, unit),
      }),
    ],
  };
}

/** Time of the result: a few hours after the blood was drawn. */
export function resultTime(chart: Chart, drawn: Date): Date {
  return new Date(Math.min(plusHours(drawn, 4).getTime(), chart.now.getTime()));
}

function fileResult(chart: Chart, visit: Visit, key: AnalyteKey, value: number): Reference {
  const filed = fileObservation(chart, {
    profile: 'observation-lab',
    category: 'laboratory',
    code: [analyteCodes[key]],
    date: visit.date,
    issued: resultTime(chart, visit.date),
    encounter: encounterOf(visit),
    performer: laboratory,
    result: {
      valueQuantity: quantity(value, analytes[key].unit),
      ...judgement(value, rangeFor(chart, key, visit.date), key),
    },
  });
  return referenceTo(filed);
}

/** Files the results of one panel, and the report that groups them. */
export function filePanel(
  chart: Chart,
  visit: Visit,
  panel: keyof typeof panelCodes,
  values: Values,
): DiagnosticReport {
  const results = Object.entries(values).map(([key, value]) => fileResult(chart, visit, key as AnalyteKey, value));
  return fileReport(chart, {
    code: panelCodes[panel],
    date: visit.date,
    issued: isoTime(resultTime(chart, visit.date)),
    results,
    encounter: encounterOf(visit),
  });
}
