import type { TypedValue } from '@medplum/core';
import type { Period, Timing } from 'fhir/r4';
import { beginningOfTime, type DateRange, dateRange, endOfTime } from '../value/date-range.ts';

/**
 * The date ranges covered by a date, a period, or the events of a timing.
 * @see https://hl7.org/fhir/R4/search.html#date
 */
export function datesOf({ type, value }: TypedValue): DateRange[] {
  if (typeof value === 'string') return [dateRange(value)].filter((range) => range !== undefined);
  if (type === 'Period') return periodRange(value as Period);
  if (type === 'Timing') return timingRanges(value as Timing);
  return [];
}

/** The range of a period; an open end extends to the limit of representable time. */
function periodRange({ start, end }: Period): DateRange[] {
  const low = start === undefined ? beginningOfTime : dateRange(start)?.low;
  const high = end === undefined ? endOfTime : dateRange(end)?.high;
  return low === undefined || high === undefined || (start ?? end) === undefined ? [] : [{ low, high }];
}

function timingRanges({ event, repeat }: Timing): DateRange[] {
  const events = (event ?? []).flatMap((text) => dateRange(text) ?? []);
  return [...events, ...(repeat?.boundsPeriod ? periodRange(repeat.boundsPeriod) : [])];
}
