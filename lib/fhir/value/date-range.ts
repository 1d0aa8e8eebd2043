/** The instants a date value covers: from `low` up to but excluding `high`, in milliseconds since 1970. */
export interface DateRange {
  low: number;
  high: number;
}

const form =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?<zone>Z|[+\- ]\d{2}:\d{2})?)?)?)?$/i;

/** The earliest and the latest instant kept in the database; they also stand for a period's open ends. */
export const beginningOfTime = Date.parse('0001-01-01T00:00:00.000Z');
export const endOfTime = Date.parse('9999-12-31T23:59:59.999Z');

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** Duration of a value given to the day, hour, minute, second or millisecond, in that order. */
const durations = [24 * hour, hour, minute, second, 1];

/**
 * The range covered by a FHIR date, dateTime or instant: a year covers the whole year, a second one second. Without a
 * time zone it is read as UTC. Undefined for anything else, such as 2024-02-30.
 * @see https://hl7.org/fhir/R4/search.html#date
 */
export function dateRange(text: string): DateRange | undefined {
  const match = form.exec(text);
  const offset = zoneOffset(match?.groups?.zone);
  if (!match || offset === undefined) return undefined;
  const given = match.slice(1, 8).filter((part) => part !== undefined);
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] = given.map(Number);
  const milliseconds = Number((given[6] ?? '').padEnd(3, '0').slice(0, 3));
  const fields = [year, month, day, hours, minutes, seconds];
  const local = instantOf(fields);
  if (!isThatDate(local, fields)) return undefined;
  const end = given.length > 2 ? local + milliseconds + (durations[given.length - 3] ?? 1) : followingPeriod(given);
  return { low: withinTime(local + milliseconds - offset), high: withinTime(end - offset) };
}

/** Like Date.UTC, except that the years 0 to 99 are not taken for 1900 to 1999. */
function instantOf([year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0]: number[]): number {
  return new Date(Date.UTC(2000, 0, 1, hours, minutes, seconds)).setUTCFullYear(year, month - 1, day);
}

/** Whether no field rolled over: JavaScript would accept 30 February, hour 25 or month 13 as a later date. */
function isThatDate(instant: number, fields: number[]): boolean {
  const date = new Date(instant);
  const year = date.getUTCFullYear();
  const found = [
    year,
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  return year > 0 && found.every((field, index) => field === fields[index]);
}

/** The end of the year or month that `year`, `month` name. */
function followingPeriod([year = 0, month]: (number | string)[]): number {
  return month === undefined ? instantOf([Number(year) + 1]) : instantOf([Number(year), Number(month) + 1]);
}

function withinTime(instant: number): number {
  return Math.min(Math.max(instant, beginningOfTime), endOfTime);
}

function zoneOffset(zone: string | undefined): number | undefined {
  if (!zone || /^z$/i.test(zone)) return 0;
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  if (hours > 14 || minutes > 59) return undefined;
  // An unencoded plus sign arrives as a space.
  return (zone.startsWith('-') ? -1 : 1) * (hours * hour + minutes * minute);
}
