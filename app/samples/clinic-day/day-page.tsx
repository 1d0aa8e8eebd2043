'use client';

import { useCallback, useState } from 'react';
import { FailureScreen, LoadingScreen } from '../smart/screens.tsx';
import type { Session } from '../smart/session.ts';
import { useLoaded } from '../smart/use-loaded.ts';
import { type CalendarDay, dayOf, parseDay, startOfDay } from './calendar-day.ts';
import styles from './clinic.module.css';
import { DayBar } from './day-bar.tsx';
import { DayLists } from './day-lists.tsx';
import { loadDay } from './load-day.ts';
import { practitionersOf } from './named-visit.ts';
import { PractitionerFilter } from './practitioner-filter.tsx';
import { namedVisits } from './visit-section.tsx';
import { dayText } from './words.ts';

/** A day of the clinic. The day is part of the address, so that a reload keeps it. */
export function DayPage({ session }: { session: Session }) {
  const today = dayOf(new Date());
  const [day, setDay] = useState(() => parseDay(new URLSearchParams(location.search).get('day')) ?? today);
  const [practitioner, setPractitioner] = useState('');
  const load = useCallback((signal: AbortSignal) => loadDay(session, day, new Date(), signal), [session, day]);
  const loaded = useLoaded(load);
  const data = loaded.state === 'loaded' ? loaded.value : null;
  const visits = data ? [data.appointments, data.encounters].flatMap((list) => namedVisits(list, data.directory)) : [];
  const change = (next: CalendarDay) => {
    history.replaceState(null, '', next === today ? location.pathname : `?day=${next}`);
    setDay(next);
  };
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{dayText(startOfDay(day))}</h1>
        <DayBar day={day} today={today} onChange={change} />
        <PractitionerFilter
          practitioners={practitionersOf(visits)}
          mine={session.fhirUser?.startsWith('Practitioner/') ? session.fhirUser : null}
          value={practitioner}
          onChange={setPractitioner}
        />
      </div>
      {loaded.state === 'loading' ? <LoadingScreen title="Reading the day…" /> : null}
      {loaded.state === 'failed' ? <FailureScreen failure={loaded.failure} /> : null}
      {data ? <DayLists day={day} isToday={day === today} data={data} practitioner={practitioner} /> : null}
    </div>
  );
}
