import { type CalendarDay, startOfDay } from './calendar-day.ts';
import styles from './clinic.module.css';
import type { Day } from './load-day.ts';
import { VisitSection } from './visit-section.tsx';

const weekend = [0, 6];

/** The two lists of a day: planned appointments, and encounters under way or finished. */
export function DayLists({
  day,
  isToday,
  data,
  practitioner,
}: {
  day: CalendarDay;
  isToday: boolean;
  data: Day;
  practitioner: string;
}) {
  const shownDay = startOfDay(day);
  const quiet = weekend.includes(shownDay.getDay()) ? ' It is a weekend.' : '';
  const shared = { directory: data.directory, practitioner, shownDay };
  return (
    <>
      {data.directory.failed.map((reason) => (
        <p key={reason} className={styles.trouble} role="note">
          Some names could not be read. {reason}
        </p>
      ))}
      <VisitSection
        {...shared}
        id="appointments"
        title="Appointments"
        empty={`No appointments on this day.${quiet}`}
        list={data.appointments}
      />
      <VisitSection
        {...shared}
        id="encounters"
        title={isToday ? 'Encounters today and in progress' : 'Encounters'}
        empty={isToday ? 'Nobody is being seen at the moment.' : `No encounters on this day.${quiet}`}
        list={data.encounters}
      />
    </>
  );
}
