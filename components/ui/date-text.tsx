import { formatDistance } from 'date-fns';

interface DateTextProps {
  value: Date;
  /** The present moment; with it the text is relative ("3 minutes ago") and the exact time is the tooltip. */
  now?: Date | undefined;
}

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** A moment, in UTC or relative to now; always machine-readable. */
export function DateText({ value, now }: DateTextProps) {
  const absolute = `${exact.format(value)} UTC`;
  return (
    <time dateTime={value.toISOString()} title={now ? absolute : undefined} className="tabular-nums">
      {now ? formatDistance(value, now, { addSuffix: true }) : absolute}
    </time>
  );
}
