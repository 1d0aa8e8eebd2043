import type { DiagnosticReport, Observation } from 'fhir/r4';
import { codesOf, conceptText, quantityText } from '#components/record/fhir-text.ts';

export type Abnormality = 'high' | 'low' | 'critical' | 'abnormal';

/** One analyte: its latest result and the numbers before it. */
export interface LabRow {
  key: string;
  name: string;
  value: string;
  date: string;
  /** As the laboratory wrote it, e.g. `3.5–5.1`; '' when it gave none. */
  range: string;
  abnormality: Abnormality | undefined;
  /** Numeric results, oldest first. */
  trend: readonly number[];
}

export interface LabPanel {
  title: string;
  rows: readonly LabRow[];
}

const abnormalities = new Map<string, Abnormality>(
  Object.entries<Abnormality>({
    H: 'high',
    HU: 'high',
    L: 'low',
    LU: 'low',
    HH: 'critical',
    LL: 'critical',
    AA: 'critical',
    A: 'abnormal',
    POS: 'abnormal',
  }),
);

const dateOf = (observation: Observation) =>
  observation.effectiveDateTime ?? observation.effectivePeriod?.start ?? observation.issued ?? '';

/** @see https://terminology.hl7.org/CodeSystem-v3-ObservationInterpretation.html */
function abnormalityOf(observation: Observation): Abnormality | undefined {
  const codes = observation.interpretation?.flatMap(codesOf) ?? [];
  return codes.map((code) => abnormalities.get(code)).find(Boolean);
}

/** The reference range, with its unit only where the value has another. */
function rangeOf({ referenceRange, valueQuantity }: Observation): string {
  const range = referenceRange?.[0];
  if (range?.text) return range.text;
  const { low, high } = range ?? {};
  const unit = high?.unit ?? low?.unit ?? '';
  const numbers = rangeNumbers(low?.value, high?.value);
  return numbers && unit !== valueQuantity?.unit ? `${numbers} ${unit}`.trim() : numbers;
}

function rangeNumbers(low: number | undefined, high: number | undefined): string {
  if (low !== undefined && high !== undefined) return `${low}–${high}`;
  if (high !== undefined) return `up to ${high}`;
  return low === undefined ? '' : `from ${low}`;
}

function resultText({ valueQuantity, valueCodeableConcept, valueString, dataAbsentReason }: Observation): string {
  const texts = [quantityText(valueQuantity), conceptText(valueCodeableConcept), valueString ?? ''];
  return texts.find(Boolean) ?? (conceptText(dataAbsentReason) || 'No value');
}

function rowOf(key: string, observations: readonly Observation[]): LabRow[] {
  const sorted = observations.toSorted((a, b) => Date.parse(dateOf(a)) - Date.parse(dateOf(b)));
  const latest = sorted.at(-1);
  if (!latest) return [];
  return [
    {
      key,
      name: conceptText(latest.code),
      value: resultText(latest),
      date: dateOf(latest),
      range: rangeOf(latest),
      abnormality: abnormalityOf(latest),
      trend: sorted.flatMap(({ valueQuantity }) => valueQuantity?.value ?? []),
    },
  ];
}

const singleTests = 'Single tests';

/** Tells whether a report has several results; a report of one adds nothing to its test. */
const isPanel = ({ result }: DiagnosticReport) => (result?.length ?? 0) > 1;

/**
 * Groups laboratory Observations by the panel that reported them, one row for each analyte; panels by latest result,
 * tests that came alone together.
 */
export function labPanels(observations: readonly Observation[], reports: readonly DiagnosticReport[]): LabPanel[] {
  const titles = new Map(
    reports
      .filter(isPanel)
      .flatMap(({ code, result }) => (result ?? []).map(({ reference }) => [reference, conceptText(code)] as const)),
  );
  const titleOf = ({ id }: Observation) => titles.get(`Observation/${id}`) ?? singleTests;
  const panels = [...Map.groupBy(observations, titleOf)].map(([title, members]) => ({
    title,
    rows: [...Map.groupBy(members, ({ code }) => codesOf(code)[0] ?? conceptText(code))].flatMap((entry) =>
      rowOf(...entry),
    ),
  }));
  const latest = ({ rows }: LabPanel) => Math.max(...rows.map(({ date }) => Date.parse(date) || 0));
  return panels.toSorted((a, b) => latest(b) - latest(a));
}
