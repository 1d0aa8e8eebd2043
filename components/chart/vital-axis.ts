import { yearsAt } from '#components/patient/age.ts';
import { dateText } from './fhir-date.ts';

/** How the horizontal axis of the vital-sign charts is told: by age for children, by date for adults. */
export interface VitalAxis {
  position: (date: string) => number;
  tick: (position: number) => string;
}

const ADULT_YEARS = 18;
const MONTH_YEARS = 2;
const DAY_YEARS = 60 / 365.2425;

/** By age in the unit that suits the child; `birthDate` is a FHIR date. */
function ageAxis(birthDate: string, years: number): VitalAxis {
  const [perYear, unit] = years < DAY_YEARS ? [365.2425, 'd'] : years < MONTH_YEARS ? [12, 'mo'] : [1, 'y'];
  return {
    position: (date) => yearsAt(birthDate, new Date(date)) * perYear,
    tick: (position) => `${Math.round(position * 10) / 10} ${unit}`,
  };
}

const DATE_AXIS: VitalAxis = {
  position: (date) => Date.parse(date),
  tick: (position) => dateText(new Date(position).toISOString().slice(0, 7)),
};

/** Chooses the axis by the patient's age at `now`. */
export function vitalAxis(birthDate: string, now: Date): VitalAxis {
  const years = yearsAt(birthDate, now);
  return years < ADULT_YEARS ? ageAxis(birthDate, years) : DATE_AXIS;
}
