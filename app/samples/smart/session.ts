import type Client from 'fhirclient/lib/Client';
import { AppFailure } from './failure.ts';
import { notLaunched, refuseAuthorizationError } from './launch-request.ts';
import type { Registration } from './registration.ts';
import { requireStorage } from './storage.ts';

/** Contents of the token response and the id_token as plain values. */
export interface Session {
  fhirBase: string;
  accessToken: string;
  patient: string | null;
  needPatientBanner: boolean;
  fhirUser: string | null;
  /** Free text from whoever launched the app, such as a CDS service by its card. */
  appContext: string | null;
}

let opened: Promise<Session> | undefined;

/**
 * Completes the launch on the redirect page, or resumes the one this tab has completed. A code is exchanged only once
 * per page load, however often this is called.
 */
export function openSession(registration: Registration): Promise<Session> {
  opened ??= open(registration);
  return opened;
}

async function open({ clientId }: Registration): Promise<Session> {
  refuseAuthorizationError(new URL(location.href));
  requireStorage();
  // fhirclient remembers one launch per tab; a key per app lets a reload find the right one.
  const ownKey = `${clientId}.launch`;
  const { default: FHIR } = await import('fhirclient/lib/entry/browser');
  const client = await FHIR.oauth2.ready({ stateKey: sessionStorage.getItem(ownKey) ?? undefined }).catch(launchError);
  const { accessToken, key } = tokenOf(client, clientId);
  sessionStorage.setItem(ownKey, key);
  return {
    fhirBase: client.state.serverUrl.replace(/\/+$/, ''),
    accessToken,
    patient: client.state.tokenResponse?.patient ?? null,
    needPatientBanner: client.state.tokenResponse?.need_patient_banner === true,
    fhirUser: client.state.tokenResponse?.id_token ? client.getFhirUser() : null,
    appContext: textOf(client.state.tokenResponse?.appContext),
  };
}

/** A text, or a JSON value as text: senders use both. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function tokenOf({ state }: Client, clientId: string): { accessToken: string; key: string } {
  const accessToken = state.tokenResponse?.access_token;
  if (!accessToken || !state.key || state.clientId !== clientId) throw notLaunched();
  return { accessToken, key: state.key };
}

/** Converts fhirclient's errors to ours; its HttpError appends the OAuth error to the message after the URL line. */
function launchError(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  if (/^No ('state' parameter|state) found/i.test(message)) throw notLaunched();
  const [status = '', , ...rest] = message.split('\n');
  throw new AppFailure({
    title: 'The authorization server issued no access token',
    detail: rest.join(' ').trim() || status,
    advice: 'A code works once and for a short time. Launch the app again from the EHR.',
  });
}
