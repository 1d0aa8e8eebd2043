import type { CoursePoint } from './course.ts';
import styles from './values-table.module.css';
import { changeText, clockText, dayMonthText, hoursText, mgText, zoneText } from './words.ts';

/** Every measurement in a row: when, at what hour of life, how much, in which zone, how fast it changes. */
export function ValuesTable({ course }: { course: CoursePoint[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on narrow screens, which must work by keyboard
    <section className={styles.tableBox} aria-labelledby="values-title" tabIndex={0}>
      <table className={styles.table} aria-labelledby="values-title">
        <caption id="values-title">Total bilirubin values</caption>
        <thead>
          <tr>
            <th scope="col">Taken</th>
            <th scope="col" className={styles.number}>
              Age
            </th>
            <th scope="col" className={styles.number}>
              Bilirubin, mg/dL
            </th>
            <th scope="col">Risk zone</th>
            <th scope="col" className={styles.number}>
              Change, mg/dL per h
            </th>
          </tr>
        </thead>
        <tbody>
          {course.map((point) => (
            <ValueRow key={point.id} point={point} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ValueRow({ point }: { point: CoursePoint }) {
  return (
    <tr>
      <th scope="row">{point.at ? <TakenAt at={point.at} /> : (point.recordedAt ?? 'Not recorded')}</th>
      <td className={`${styles.number} ${styles.age}`}>{point.hours === null ? '–' : hoursText(point.hours)}</td>
      <td className={styles.number}>
        <ValueCell point={point} />
      </td>
      <td>
        {point.zone ? <span className={styles.swatch} data-zone={point.zone} aria-hidden="true" /> : null}
        <span className={point.zone ? undefined : styles.quiet}>{zoneText(point)}</span>
      </td>
      <td className={styles.number}>
        {point.perHour === null ? '–' : changeText(point.perHour)}
        {point.rapid ? <span className={styles.rapid}>rapid rise</span> : null}
      </td>
    </tr>
  );
}

function TakenAt({ at }: { at: Date }) {
  return (
    <time dateTime={at.toISOString()} className={styles.taken}>
      <span>
        {dayMonthText(at)}
        <span className={styles.year}> {at.getFullYear()}</span>,
      </span>{' '}
      <span>{clockText(at)}</span>
    </time>
  );
}

function ValueCell({ point: { mgPerDl, text, status } }: { point: CoursePoint }) {
  const converted = mgPerDl !== null && !/mg\/dl/i.test(text);
  return (
    <>
      <strong>{mgPerDl === null ? text : mgText(mgPerDl)}</strong>
      {converted ? <span className={styles.note}>from {text}</span> : null}
      {status === 'final' ? null : <span className={styles.note}>{status}</span>}
    </>
  );
}
