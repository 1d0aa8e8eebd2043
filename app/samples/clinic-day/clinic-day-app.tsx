'use client';

import { AppFrame } from '../smart/app-frame.tsx';
import { FailureScreen, LoadingScreen } from '../smart/screens.tsx';
import { openSession } from '../smart/session.ts';
import { signedInName } from '../smart/signed-in.ts';
import { useLoaded } from '../smart/use-loaded.ts';
import { DayPage } from './day-page.tsx';
import { registration } from './registration.ts';

/** The redirect URI's page: completes the launch, then shows the clinic's day. */
export function ClinicDayApp() {
  const loaded = useLoaded(openWithName);
  const user = loaded.state === 'loaded' ? loaded.value.user : null;
  return (
    <AppFrame
      name={registration.name}
      logoPath={registration.logoPath}
      accent="violet"
      user={user}
      footer="Times are in this browser’s time zone. Not for clinical use."
    >
      {loaded.state === 'loading' ? <LoadingScreen title="Opening the clinic’s day…" /> : null}
      {loaded.state === 'failed' ? <FailureScreen failure={loaded.failure} /> : null}
      {loaded.state === 'loaded' ? <DayPage session={loaded.value.session} /> : null}
    </AppFrame>
  );
}

async function openWithName() {
  const session = await openSession(registration);
  return { session, user: await signedInName(session) };
}
