import { encounterCodes } from './codes/snomed.ts';
import type { Chart, Visit } from './person/chart.ts';
import { ageNow } from './person/chart.ts';
import { fileEncounter } from './resource/encounter.ts';
import { atClinic, plusDays, plusMonths, plusYears } from './value/calendar.ts';

/** Ages in months of well-child visits, after the Bright Futures periodicity schedule. */
const infantMonths = [0.15, 1, 2, 4, 6, 9, 12, 15, 18, 24, 30];
const childMonths = Array.from({ length: 15 }, (_, index) => (index + 3) * 12);

/** The infant visits kept for older children; they carry the growth curve. */
const keptInfantMonths = [2, 6, 12, 24];

/** Encounters older than this many years are from before the hospital's own records. */
const recordedYears = 3;

function scheduledDates(chart: Chart): Date[] {
  const { person, random } = chart;
  const infant = ageNow(chart) < 3 ? infantMonths : keptInfantMonths;
  return [...infant, ...childMonths].map((months) =>
    atClinic(plusMonths(person.birth, months), random.integer(8 * 4, 15 * 4) * 15),
  );
}

function yearlyDates(chart: Chart): Date[] {
  const { person, random, now } = chart;
  const latest = plusDays(now, -random.integer(20, 300));
  const adult = plusYears(person.birth, 18);
  return [3, 2, 1, 0]
    .map((years) => atClinic(plusDays(plusYears(latest, -years), random.integer(-9, 9)), random.integer(32, 60) * 15))
    .filter((date) => date > adult);
}

/** Files the routine visits until now, oldest first: well-child visits or yearly check-ups. */
export function fileRoutineVisits(chart: Chart): Visit[] {
  const child = ageNow(chart) < 18.5;
  const type = child ? encounterCodes.wellChild : encounterCodes.checkUp;
  const dates = child ? scheduledDates(chart) : yearlyDates(chart);
  return dates
    .filter((date) => date < plusDays(chart.now, -1))
    .map((date) => {
      const recorded = date > plusYears(chart.now, -recordedYears);
      return recorded ? { date, encounter: fileEncounter(chart, { start: date, type }) } : { date };
    });
}
