const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/**
 * The time from `now` to `at` in words, such as `3 minutes ago` or `in 80 days`. There are no weeks or months between
 * days and years, since `in 3 months` would be too vague about the end of somebody's access.
 */
export function distanceText(at: Date, now: Date): string {
  const milliseconds = at.getTime() - now.getTime();
  const distance = Math.abs(milliseconds);
  if (distance < minute) return 'just now';
  const [unit, length] = unitOf(distance);
  return words.format(Math.sign(milliseconds) * Math.round(distance / length), unit);
}

function unitOf(distance: number): [unit: Intl.RelativeTimeFormatUnit, milliseconds: number] {
  if (distance < hour) return ['minute', minute];
  if (distance < day) return ['hour', hour];
  return distance < year ? ['day', day] : ['year', year];
}
