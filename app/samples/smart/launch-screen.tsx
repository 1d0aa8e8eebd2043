'use client';

import { useCallback } from 'react';
import type { Registration } from './registration.ts';
import { FailureScreen, LoadingScreen } from './screens.tsx';
import { startLaunch } from './start-launch.ts';
import { useLoaded } from './use-loaded.ts';

/** The launch URI's page: sends the browser to the authorization server, or says why it cannot. */
export function LaunchScreen({ registration, servers }: { registration: Registration; servers: string[] }) {
  const loaded = useLoaded(useCallback(() => startLaunch(registration, servers), [registration, servers]));
  if (loaded.state === 'failed') return <FailureScreen failure={loaded.failure} />;
  return <LoadingScreen title={`Connecting ${registration.name} to the EHR…`} />;
}
