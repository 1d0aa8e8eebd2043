import { formatDistanceStrict } from 'date-fns';

/** A moment by its distance from now, such as `3 minutes ago` or `in 2 days`; the exact one is in its title, in UTC. */
export function Moment({ at, now }: { at: Date; now: Date }) {
  const exact = at.toISOString();
  const distance = Math.abs(at.getTime() - now.getTime());
  return (
    <time dateTime={exact} title={exact.replace('T', ' ').replace(/\..*/, ' UTC')} className="whitespace-nowrap">
      {distance < 60_000 ? 'just now' : formatDistanceStrict(at, now, { addSuffix: true })}
    </time>
  );
}
