import { addDays, type CalendarDay, parseDay } from './calendar-day.ts';
import styles from './clinic.module.css';

/** Moves from day to day; `today` is passed in so that it is the same everywhere on the page. */
export function DayBar({
  day,
  today,
  onChange,
}: {
  day: CalendarDay;
  today: CalendarDay;
  onChange: (day: CalendarDay) => void;
}) {
  return (
    <fieldset className={styles.dayBar} aria-label="Day">
      <button
        type="button"
        className={styles.step}
        aria-label="Previous day"
        onClick={() => onChange(addDays(day, -1))}
      >
        <span aria-hidden="true">‹</span>
      </button>
      <input
        type="date"
        className={styles.field}
        aria-label="Date"
        value={day}
        onChange={({ target }) => {
          const chosen = parseDay(target.value);
          if (chosen) onChange(chosen);
        }}
      />
      <button type="button" className={styles.step} aria-label="Next day" onClick={() => onChange(addDays(day, 1))}>
        <span aria-hidden="true">›</span>
      </button>
      <button type="button" className={styles.today} disabled={day === today} onClick={() => onChange(today)}>
        Today
      </button>
    </fieldset>
  );
}
