'use client';

import { AppFrame } from '../smart/app-frame.tsx';
import { FailureScreen, LoadingScreen } from '../smart/screens.tsx';
import { useLoaded } from '../smart/use-loaded.ts';
import styles from './bilirubin.module.css';
import { LatestValue } from './latest.tsx';
import { type ChartData, loadChart } from './load-chart.ts';
import { NomogramChart } from './nomogram-chart.tsx';
import { emptyChart, noticesOf } from './notices.ts';
import { PatientBanner } from './patient-banner.tsx';
import { registration } from './registration.ts';
import { ValuesTable } from './values-table.tsx';

const footer =
  'Not for clinical use. The percentile tracks are approximated from Bhutani et al., Pediatrics 1999;103:6–14; they hold for healthy newborns of 35 weeks or more.';

/** The redirect URI's page: completes the launch, then shows the patient's bilirubin. */
export function BilirubinApp() {
  const loaded = useLoaded(loadChart);
  const user = loaded.state === 'loaded' ? loaded.value.user : null;
  return (
    <AppFrame name={registration.name} logoPath={registration.logoPath} accent="amber" user={user} footer={footer}>
      {loaded.state === 'loading' ? <LoadingScreen title="Reading bilirubin values…" /> : null}
      {loaded.state === 'failed' ? <FailureScreen failure={loaded.failure} /> : null}
      {loaded.state === 'loaded' ? <ChartPage data={loaded.value} /> : null}
    </AppFrame>
  );
}

function ChartPage({ data }: { data: ChartData }) {
  const { patient, birth, course, needPatientBanner, appContext } = data;
  const empty = emptyChart(course);
  return (
    <div className={styles.page}>
      {needPatientBanner ? <PatientBanner patient={patient} birth={birth} now={new Date()} /> : null}
      <h1 className={styles.title}>Bilirubin by hours of life</h1>
      {noticesOf(data).map((notice) => (
        <p key={notice} className={styles.notice} role="note">
          {notice}
        </p>
      ))}
      <LatestValue course={course} />
      {empty ? (
        <section className={styles.empty} aria-labelledby="empty-title">
          <h2 id="empty-title">{empty.title}</h2>
          <p>{empty.detail}</p>
        </section>
      ) : (
        <NomogramChart course={course} />
      )}
      {course.length > 0 ? <ValuesTable course={course} /> : null}
      {appContext === null ? null : (
        <p className={styles.appContext}>
          Opened with the app context <code>{appContext}</code>
        </p>
      )}
    </div>
  );
}
