import type { Visit } from './visit.ts';

// One notation wherever the app runs, so that no date or hour can be misread.
const timeFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

export const dayText = (moment: Date): string => dayFormat.format(moment);

/** Start and end, with the date if the visit began on another day than the one shown. */
export function timeText({ start, end }: Pick<Visit, 'start' | 'end'>, shownDay: Date): string {
  if (!start) return 'No time';
  const began = start.toDateString() === shownDay.toDateString() ? '' : `${shortDay.format(start)}, `;
  const until = end && end.toDateString() === start.toDateString() ? `–${timeFormat.format(end)}` : '';
  return `${began}${timeFormat.format(start)}${until}`;
}

/** A status code as words: `in-progress` reads “in progress”, `noshow` “did not come”. */
export function statusText(status: string): string {
  return { noshow: 'did not come', onleave: 'on leave', arrived: 'arrived' }[status] ?? status.replaceAll('-', ' ');
}

/** How a status should look: under way, upcoming, over, or cancelled. */
export function statusTone(status: string): 'now' | 'next' | 'over' | 'off' {
  if (['arrived', 'checked-in', 'triaged', 'in-progress', 'onleave'].includes(status)) return 'now';
  if (['cancelled', 'noshow'].includes(status)) return 'off';
  return ['fulfilled', 'finished'].includes(status) ? 'over' : 'next';
}
