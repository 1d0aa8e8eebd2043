import type { ReactNode } from 'react';
import styles from './clinic.module.css';
import type { VisitList } from './load-day.ts';
import { type NamedVisit, nameVisit, visitsOf } from './named-visit.ts';
import type { Directory } from './people.ts';
import { VisitsTable } from './visits-table.tsx';

/** One list of the day with its heading, or why there is nothing to list. */
export function VisitSection({
  id,
  title,
  empty,
  list,
  directory,
  practitioner,
  shownDay,
}: {
  id: string;
  title: string;
  empty: string;
  list: VisitList;
  directory: Directory;
  practitioner: string;
  shownDay: Date;
}) {
  if ('failure' in list) {
    return (
      <Section id={id} title={title}>
        <p className={styles.trouble} role="alert">
          <strong>{list.failure.title}.</strong> {list.failure.detail}
        </p>
      </Section>
    );
  }
  const all = namedVisits(list, directory);
  const visits = visitsOf(all, practitioner);
  const filtered = all.length > 0 ? `None of the ${all.length} is with the chosen practitioner.` : empty;
  return (
    <Section id={id} title={title} count={visits.length}>
      {visits.length > 0 ? (
        <VisitsTable visits={visits} shownDay={shownDay} labelledBy={id} />
      ) : (
        <p className={styles.empty}>{filtered}</p>
      )}
      {list.unreadable > 0 ? <p className={styles.trouble}>{list.unreadable} more could not be read.</p> : null}
    </Section>
  );
}

/** The visits of a list with names; none for a list that could not be read. */
export function namedVisits(list: VisitList, directory: Directory): NamedVisit[] {
  return 'visits' in list ? list.visits.map((visit) => nameVisit(visit, directory, new Date())) : [];
}

function Section({ id, title, count, children }: { id: string; title: string; count?: number; children: ReactNode }) {
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.sectionHead}>
        <h2 id={id}>{title}</h2>
        {count ? <span className={styles.count}>{count}</span> : null}
      </div>
      {children}
    </section>
  );
}
