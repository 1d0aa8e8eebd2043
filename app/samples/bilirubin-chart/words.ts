import { type CoursePoint, isPlottable, withoutZone } from './course.ts';
import { zoneNames } from './nomogram.ts';

// One notation wherever the app runs: day before month by name, 24 hours, so that no date can be misread.
const timeFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

export const clockText = (at: Date): string => clock.format(at);
export const dayMonthText = (at: Date): string => dayMonth.format(at);
export const timeText = (at: Date): string => timeFormat.format(at);
export const dateText = (at: Date): string => dateFormat.format(at);

/** Age in whole hours; beyond ten days in days, beyond two years in years. */
export function hoursText(hours: number): string {
  if (Math.abs(hours) < 240) return `${Math.floor(hours)} h`;
  const days = Math.floor(hours / 24);
  return days < 731 ? `${days} d` : `${Math.floor(days / 365.25)} y`;
}

/** A concentration in mg/dL with one decimal, without the unit. */
export function mgText(mgPerDl: number): string {
  return mgPerDl.toFixed(1);
}

/** Change per hour with sign and two decimals, without the unit. */
export function changeText(perHour: number): string {
  const rounded = perHour.toFixed(2);
  if (Number(rounded) === 0) return '0.00';
  return perHour > 0 ? `+${rounded}` : rounded.replace('-', '\u2212');
}

/** The risk zone of a point, or why it has none. */
export function zoneText({ zone, problem, hours }: CoursePoint): string {
  if (zone) return zoneNames[zone];
  return problem ?? (hours === null ? 'Birth not recorded' : (withoutZone(hours) ?? ''));
}

/** A one-sentence description of the chart for people who cannot see it. */
export function chartSummary(course: CoursePoint[]): string {
  const plotted = course.filter(isPlottable);
  const last = plotted.at(-1);
  const first = plotted[0];
  if (!first || !last) return 'No value lies within the chart.';
  const values = plotted.length === 1 ? 'One value' : `${plotted.length} values`;
  const left = course.length - plotted.length;
  const rest = left > 0 ? ` Not drawn: ${left} of ${course.length}, for reasons given in the table.` : '';
  const zone = last.zone ? `, in the ${zoneNames[last.zone].toLowerCase()} risk zone` : '';
  return `${values} from ${hoursText(first.hours)} to ${hoursText(last.hours)} of life. The latest is ${mgText(last.mgPerDl)} mg/dL at ${hoursText(last.hours)}${zone}.${rest}`;
}
