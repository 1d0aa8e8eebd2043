import { distanceText } from './distance.ts';

/** A moment by its distance from now, such as `3 minutes ago` or `in 80 days`; the exact one is in its title, in UTC. */
export function Moment({ at, now }: { at: Date; now: Date }) {
  const exact = at.toISOString();
  return (
    <time dateTime={exact} title={exact.replace('T', ' ').replace(/\..*/, ' UTC')} className="whitespace-nowrap">
      {distanceText(at, now)}
    </time>
  );
}
