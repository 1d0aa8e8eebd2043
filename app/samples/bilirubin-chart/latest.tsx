import styles from './bilirubin.module.css';
import type { CoursePoint } from './course.ts';
import { changeText, hoursText, mgText, timeText, zoneText } from './words.ts';

/** The latest comparable value with its zone and trend, large enough to read at a glance. */
export function LatestValue({ course }: { course: CoursePoint[] }) {
  const latest = course.findLast(({ mgPerDl, at }) => mgPerDl !== null && at !== null);
  if (latest?.mgPerDl == null || !latest.at) return null;
  return (
    <section className={styles.latest} aria-label="Latest value" data-zone={latest.zone ?? 'none'}>
      <p className={styles.big}>
        <span className={styles.bigLabel}>Latest total bilirubin</span>
        {mgText(latest.mgPerDl)} <span className={styles.unit}>mg/dL</span>
      </p>
      <dl className={styles.facts}>
        <Fact term="Risk zone" value={zoneText(latest)} />
        <Fact term="Age then" value={latest.hours === null ? 'unknown' : hoursText(latest.hours)} />
        <Fact
          term="Change"
          value={
            latest.perHour === null
              ? 'first value'
              : `${changeText(latest.perHour)} mg/dL per h${latest.rapid ? ' (rapid)' : ''}`
          }
        />
        <Fact term="Taken" value={timeText(latest.at)} />
      </dl>
    </section>
  );
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}
