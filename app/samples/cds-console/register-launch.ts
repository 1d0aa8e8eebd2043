import { z } from 'zod';
import { AppFailure } from '../smart/failure.ts';
import type { Session } from '../smart/session.ts';
import type { CardLink } from './ask-service.ts';

const Registered = z.object({ launch_id: z.string() });

/**
 * Registers a launch context with the EHR for the app behind a card's link: this session's patient and the card's
 * appContext. Returns the address that opens the app.
 */
export async function registerLaunch(session: Session, { url, appContext }: CardLink): Promise<string> {
  const { fhirBase, accessToken, patient } = session;
  const parameters = { patient, need_patient_banner: true, appContext: appContext || undefined };
  const response = await fetch(`${fhirBase}/_services/smart/Launch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ launchUrl: url, parameters }),
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw refused(answer?.error_description ?? `Status ${response.status}.`);
  const address = new URL(url);
  address.searchParams.set('iss', fhirBase);
  address.searchParams.set('launch', Registered.parse(answer).launch_id);
  return address.href;
}

function refused(detail: string): AppFailure {
  return new AppFailure({
    title: 'The EHR registered no launch',
    detail,
    advice: 'The app must be registered in the EHR, and this console must have the scope smart/orchestrate_launch.',
  });
}
