import type { Immunization } from 'fhir/r4';
import { concept } from '../codes/coding.ts';
import type { VaccineKey } from '../codes/cvx.ts';
import { vaccineCodes } from '../codes/cvx.ts';
import { claims } from '../codes/us-core.ts';
import { childhoodDoses, covidFormulaSince, pneumococcal20Since, zosterSince } from '../data/vaccination-schedule.ts';
import type { Chart, Visit } from '../person/chart.ts';
import { ageAt, ageNow, encounterOf, subjectOf } from '../person/chart.ts';
import { atClinic, isoTime, plusDays, plusMonths, plusYears, yearsBetween } from '../value/calendar.ts';

/** Files one dose; doses from before the hospital's own records are marked as reported. */
export function fileImmunization(chart: Chart, vaccine: VaccineKey, visit: Visit, doseNumber?: number): void {
  chart.file<Immunization>({
    resourceType: 'Immunization',
    meta: claims('immunization'),
    status: 'completed',
    vaccineCode: concept(vaccineCodes[vaccine]),
    patient: subjectOf(chart),
    encounter: encounterOf(visit),
    occurrenceDateTime: isoTime(visit.date),
    primarySource: visit.encounter !== undefined,
    protocolApplied: doseNumber ? [{ doseNumberPositiveInt: doseNumber }] : undefined,
  });
}

function visitNear(chart: Chart, visits: Visit[], months: number): Visit {
  const due = plusMonths(chart.person.birth, months);
  const near = visits.find(({ date }) => Math.abs(yearsBetween(due, date)) < 0.05);
  return near ?? { date: months === 0 ? plusDays(due, 0.3) : atClinic(plusDays(due, 4), 10 * 60) };
}

function fileSeries(chart: Chart, vaccine: VaccineKey, visits: Visit[]): void {
  const given = visits.filter(({ date }) => date < chart.now);
  for (const [index, visit] of given.entries()) {
    const newer = vaccine === 'pneumococcal13' && visit.date > pneumococcal20Since.children;
    fileImmunization(chart, newer ? 'pneumococcal20' : vaccine, visit, index + 1);
  }
}

function fileChildhoodDoses(chart: Chart, visits: Visit[]): void {
  for (const [vaccine, ages] of childhoodDoses) {
    fileSeries(
      chart,
      vaccine,
      ages.map((months) => visitNear(chart, visits, months)),
    );
  }
}

function autumns(chart: Chart): Date[] {
  const year = chart.now.getUTCFullYear();
  return [year - 3, year - 2, year - 1, year]
    .map((each) =>
      atClinic(new Date(Date.UTC(each, 9, chart.random.integer(1, 45))), chart.random.integer(32, 60) * 15),
    )
    .filter((date) => date < chart.now);
}

function fileSeasonalDoses(chart: Chart): void {
  const willing = ageNow(chart) > 64 ? 0.75 : 0.5;
  for (const date of autumns(chart)) {
    if (ageAt(chart, date) >= 0.5 && chart.random.chance(willing)) {
      fileImmunization(chart, 'influenza', { date });
    }
    if (ageAt(chart, date) >= 12 && date > covidFormulaSince && chart.random.chance(willing * 0.5)) {
      fileImmunization(chart, 'covid', { date });
    }
  }
}

function fileOnce(chart: Chart, vaccine: VaccineKey, years: number): void {
  const date = atClinic(plusYears(chart.now, -years), chart.random.integer(32, 60) * 15);
  if (date < chart.now) {
    fileImmunization(chart, vaccine, { date });
  }
}

function fileOlderDoses(chart: Chart, age: number): void {
  if (age > 51) {
    const first = Math.min(age - 50, yearsBetween(zosterSince, chart.now)) * chart.random.between(0.4, 0.9);
    fileOnce(chart, 'zoster', first);
    fileOnce(chart, 'zoster', Math.max(0.05, first - 0.3));
  }
  if (age > 66) {
    const years = chart.random.between(0.3, Math.min(age - 65, 8));
    fileOnce(
      chart,
      plusYears(chart.now, -years) > pneumococcal20Since.adults ? 'pneumococcal20' : 'pneumococcal23',
      years,
    );
  }
}

/** Files the doses due by age and season: the childhood schedule, or an adult's recent vaccinations. */
export function fileImmunizations(chart: Chart, visits: Visit[]): void {
  const age = ageNow(chart);
  if (age < 18.5) {
    fileChildhoodDoses(chart, visits);
  } else {
    fileOnce(chart, 'tdap', chart.random.between(0.5, Math.min(9.5, age - 18 + 6)));
    fileOlderDoses(chart, age);
  }
  fileSeasonalDoses(chart);
}
