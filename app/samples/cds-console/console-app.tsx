'use client';

import { AppFrame } from '../smart/app-frame.tsx';
import { nameText } from '../smart/demographics.ts';
import { AppFailure } from '../smart/failure.ts';
import { fetchFhir } from '../smart/fhir-request.ts';
import { patientSchema } from '../smart/resources.ts';
import { FailureScreen, LoadingScreen } from '../smart/screens.tsx';
import { openSession, type Session } from '../smart/session.ts';
import { signedInName } from '../smart/signed-in.ts';
import { useLoaded } from '../smart/use-loaded.ts';
import { askServices, type Card } from './ask-service.ts';
import { CardList } from './card-list.tsx';
import styles from './console.module.css';
import { registration } from './registration.ts';

interface ConsoleData {
  session: Session;
  patient: string;
  user: string | null;
  cards: Card[];
}

/** The redirect URI's page: an outside system that asks a CDS service about the patient it was launched for. */
export function ConsoleApp() {
  const loaded = useLoaded(loadConsole);
  const user = loaded.state === 'loaded' ? loaded.value.user : null;
  return (
    <AppFrame
      name={registration.name}
      logoPath={registration.logoPath}
      accent="teal"
      user={user}
      footer="A system outside the EHR, with a token of its own. Not for clinical use."
    >
      {loaded.state === 'loading' ? <LoadingScreen title="Asking the CDS services…" /> : null}
      {loaded.state === 'failed' ? <FailureScreen failure={loaded.failure} /> : null}
      {loaded.state === 'loaded' ? <ConsolePage data={loaded.value} /> : null}
    </AppFrame>
  );
}

function ConsolePage({ data: { session, patient, cards } }: { data: ConsoleData }) {
  return (
    <div className={styles.page}>
      <section className={styles.patient} aria-label="Patient">
        <p className={styles.label}>This console’s patient</p>
        <p className={styles.name}>{patient}</p>
      </section>
      <h1 className={styles.title}>Advice of the CDS services</h1>
      <CardList session={session} cards={cards} />
    </div>
  );
}

async function loadConsole(signal: AbortSignal): Promise<ConsoleData> {
  const session = await openSession(registration);
  if (session.patient === null) throw noPatient();
  const [resource, user, cards] = await Promise.all([
    fetchFhir(session, `Patient/${encodeURIComponent(session.patient)}`, signal),
    signedInName(session),
    askServices(session, `${location.origin}/samples`, signal),
  ]);
  const { data } = patientSchema.safeParse(resource);
  return { session, user, cards, patient: nameText(data?.name) ?? `Patient/${session.patient}` };
}

function noPatient(): AppFailure {
  return new AppFailure({
    title: 'No patient was chosen',
    detail: 'The launch came without a patient; the services are asked about one.',
    advice: 'Launch the console from a patient’s chart.',
  });
}
