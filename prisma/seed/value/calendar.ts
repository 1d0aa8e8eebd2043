/** All dates are computed in UTC, so that the output does not depend on the machine's time zone. */
const millisecondsPerDay = 86_400_000;
const daysPerYear = 365.25;

export function plusDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * millisecondsPerDay);
}

export function plusHours(date: Date, hours: number): Date {
  return plusDays(date, hours / 24);
}

export function plusMinutes(date: Date, minutes: number): Date {
  return plusDays(date, minutes / 1440);
}

export function plusYears(date: Date, years: number): Date {
  return plusDays(date, years * daysPerYear);
}

export function plusMonths(date: Date, months: number): Date {
  return plusYears(date, months / 12);
}

/** Years between two dates, with a fraction. */
export function yearsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / millisecondsPerDay / daysPerYear;
}

export function startOfDay(date: Date): Date {
  return new Date(Math.floor(date.getTime() / millisecondsPerDay) * millisecondsPerDay);
}

export function startOfMinute(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 60_000) * 60_000);
}

export function isWeekday(date: Date): boolean {
  return date.getUTCDay() !== 0 && date.getUTCDay() !== 6;
}

/** The given minute on this day or, at a weekend, on the next weekday. */
export function atClinic(date: Date, minuteOfDay: number): Date {
  const day = startOfDay(date);
  const shift = isWeekday(day) ? 0 : day.getUTCDay() === 6 ? 2 : 1;
  return plusMinutes(plusDays(day, shift), minuteOfDay);
}

/** As a FHIR `date`. */
export function isoDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** As a FHIR `dateTime` or `instant`, to the second. */
export function isoTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
