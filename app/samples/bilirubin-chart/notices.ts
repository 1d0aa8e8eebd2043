import { type CoursePoint, isPlottable } from './course.ts';
import type { ChartData } from './load-chart.ts';
import { timeText } from './words.ts';

/** What the reader must know before trusting the chart, one sentence each. */
export function noticesOf({ birth, course, unreadable }: Pick<ChartData, 'birth' | 'course' | 'unreadable'>): string[] {
  const notices: string[] = [];
  if (!birth && course.length > 0) {
    notices.push('No usable birth date is recorded, so hours of life and risk zones cannot be worked out.');
  }
  if (birth?.precision === 'date' && course.some(isPlottable)) {
    notices.push(
      'No time of birth is recorded. Hours of life are counted from midnight at the start of the birth date and may be up to 24 hours too many; the true risk zone may be higher than shown.',
    );
  }
  if (unreadable > 0) notices.push(`${unreadable} of the server’s Observations could not be read and are not shown.`);
  const last = course.findLast(({ at }) => at !== null);
  if (last?.at && last.mgPerDl === null) {
    notices.push(`The newest record, ${last.text} of ${timeText(last.at)}, is not in the chart. ${last.problem}.`);
  }
  return notices;
}

/** Why no chart can be drawn at all; null when at least one value can be plotted. */
export function emptyChart(course: CoursePoint[]): { title: string; detail: string } | null {
  if (course.length === 0) {
    return {
      title: 'No bilirubin values',
      detail: 'The record holds no total bilirubin in serum or plasma (LOINC 1975-2 or 14631-6) for this patient.',
    };
  }
  if (course.some(isPlottable)) return null;
  const old = course.some(({ hours, mgPerDl }) => mgPerDl !== null && hours !== null && hours > 144);
  return old
    ? {
        title: 'Outside the nomogram',
        detail: 'The nomogram covers the first 144 hours of life. All values were taken later; the table lists them.',
      }
    : { title: 'Nothing to plot', detail: 'None of the values can be placed on the chart; the table says why.' };
}
