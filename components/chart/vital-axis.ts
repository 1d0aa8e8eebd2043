import { yearsAt } from '#components/patient/age.ts';
import { dateText } from '#components/record/fhir-date.ts';

/** The horizontal axis of the vital-sign charts: by age for children, by date for adults. */
export interface VitalAxis {
  position: (date: string) => number;
  label: (position: number) => string;
  /** Round positions between two others; undefined when the chart may choose them. */
  ticks: (from: number, to: number) => number[] | undefined;
}

const adultYears = 18;
const monthsUntilYears = 2;
const daysUntilYears = 60 / 365.2425;
const maxTicks = 6;

/** Steps that people count ages in: 1, 2 or 3 days, months or years, a week, half a year and so on. */
const steps = [1, 2, 3, 6, 7, 12, 14];

function ageTicks(from: number, to: number): number[] {
  const step = steps.find((one) => (to - from) / one < maxTicks) ?? Math.ceil((to - from) / maxTicks);
  const first = Math.ceil(from / step) * step;
  const count = Math.max(0, Math.floor((to - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

function unitFor(years: number): [perYear: number, name: string] {
  if (years < daysUntilYears) return [365.2425, 'd'];
  return years < monthsUntilYears ? [12, 'mo'] : [1, 'y'];
}

/** An axis by age, in the unit that suits the child; `birthDate` is a FHIR date. */
function ageAxis(birthDate: string, years: number): VitalAxis {
  const [perYear, unit] = unitFor(years);
  return {
    position: (date) => yearsAt(birthDate, new Date(date)) * perYear,
    label: (position) => `${Math.round(position * 10) / 10} ${unit}`,
    ticks: ageTicks,
  };
}

const dateAxis: VitalAxis = {
  position: (date) => Date.parse(date),
  label: (position) => dateText(new Date(position).toISOString().slice(0, 7)),
  ticks: () => undefined,
};

/** Chooses the axis by the patient's age at `now`. */
export function vitalAxis(birthDate: string, now: Date): VitalAxis {
  const years = yearsAt(birthDate, now);
  return years < adultYears ? ageAxis(birthDate, years) : dateAxis;
}
