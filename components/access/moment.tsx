import { formatDistanceStrict } from 'date-fns';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A moment by its distance from now, such as `3 minutes ago` or `in 80 days`; the exact one is in its title, in UTC. */
export function Moment({ at, now }: { at: Date; now: Date }) {
  const exact = at.toISOString();
  const distance = Math.abs(at.getTime() - now.getTime());
  const inDays = distance > day && distance < 365 * day ? { unit: 'day' as const } : {};
  return (
    <time dateTime={exact} title={exact.replace('T', ' ').replace(/\..*/, ' UTC')} className="whitespace-nowrap">
      {distance < minute ? 'just now' : formatDistanceStrict(at, now, { addSuffix: true, ...inDays })}
    </time>
  );
}
