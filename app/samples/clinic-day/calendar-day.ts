/** A calendar day as people write it in a date field: YYYY-MM-DD. */
export type CalendarDay = string;

/** The day a moment falls on, in the browser's time zone. */
export function dayOf(moment: Date): CalendarDay {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(moment.getFullYear()).padStart(4, '0')}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The day as typed, if it exists in the calendar; else null. */
export function parseDay(text: string | null): CalendarDay | null {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const day = dayOf(startOfDay(text));
  return day === text ? day : null;
}

/** The day `count` days later, or earlier when negative. */
export function addDays(day: CalendarDay, count: number): CalendarDay {
  const moment = startOfDay(day);
  return dayOf(new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + count));
}

/** The first and the first later moment of a day as UTC instants; 23 or 25 hours apart when the clocks change. */
export function boundsOf(day: CalendarDay): { from: string; before: string } {
  return { from: startOfDay(day).toISOString(), before: startOfDay(addDays(day, 1)).toISOString() };
}

/** Midnight at the start of a day, in the browser's time zone. */
export function startOfDay(day: CalendarDay): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
}
