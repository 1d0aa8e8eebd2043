import { type NamedVisit, none } from './named-visit.ts';
import styles from './visits-table.module.css';
import { statusText, statusTone, timeText } from './words.ts';

/** The visits of a day in a table; on a narrow screen each row becomes a card. */
export function VisitsTable({
  visits,
  shownDay,
  labelledBy,
}: {
  visits: NamedVisit[];
  shownDay: Date;
  labelledBy: string;
}) {
  return (
    <table className={styles.table} aria-labelledby={labelledBy}>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Patient</th>
          <th scope="col">Reason</th>
          <th scope="col">Practitioner</th>
          <th scope="col">Location</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {visits.map((visit) => (
          <tr key={visit.id} data-tone={statusTone(visit.status)}>
            <td className={styles.time}>{timeText(visit, shownDay)}</td>
            <th scope="row" className={styles.patient}>
              {visit.patientName}
              {visit.patientFacts ? <span className={styles.facts}>{visit.patientFacts}</span> : null}
            </th>
            <Cell className={styles.reason} value={visit.reason ?? none} />
            <Cell className={styles.with} value={visit.practitionerName} />
            <Cell className={styles.place} value={visit.locationName} />
            <td className={styles.status}>
              <span className={styles.pill} data-tone={statusTone(visit.status)}>
                {statusText(visit.status)}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A cell that the cards of narrow screens leave out when there is nothing in it. */
function Cell({ className, value }: { className: string | undefined; value: string }) {
  return (
    <td className={className} data-empty={value === none || undefined}>
      {value}
    </td>
  );
}
