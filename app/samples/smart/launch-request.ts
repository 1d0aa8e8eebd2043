import { AppFailure } from './failure.ts';

/** The two parameters an EHR adds to the launch URI. */
export interface LaunchRequest {
  iss: string;
  launch: string;
}

const howToLaunch =
  'Open it from the EHR: sign in, pick this app from the app gallery, the patient’s chart or the list of registered apps, and choose Launch.';

/**
 * Reads `iss` and `launch` from the launch URL; fails when one is missing, or `iss` is no http(s) URL or at none of the
 * origins `servers`: whoever makes up a launch address could have the app talk to a server of theirs.
 * @see https://hl7.org/fhir/smart-app-launch/app-launch.html#launch-app-ehr-launch
 */
export function readLaunchRequest(url: URL, servers: readonly string[]): LaunchRequest {
  const iss = url.searchParams.get('iss') ?? '';
  const launch = url.searchParams.get('launch') ?? '';
  const missing = [iss === '' && 'iss', launch === '' && 'launch'].filter(Boolean);
  if (missing.length > 0) {
    throw new AppFailure({
      title: 'This app starts from an EHR',
      detail: `The launch address lacks ${missing.join(' and ')}.`,
      advice: howToLaunch,
    });
  }
  if (!isHttpUrl(iss)) {
    throw new AppFailure({
      title: 'The launch address is not usable',
      detail: `iss must be the http(s) address of a FHIR server; it is “${iss}”.`,
      advice: howToLaunch,
    });
  }
  if (!servers.includes(new URL(iss).origin)) throw unknownServer(iss);
  return { iss, launch };
}

function unknownServer(iss: string): AppFailure {
  return new AppFailure({
    title: 'This app does not know the EHR that launched it',
    detail: `The launch address names the FHIR server ${iss}, which is none that the app was set up for.`,
    advice: 'If it should be, whoever runs this app adds its address to the setting SAMPLES_ISS.',
  });
}

/** Whether `value` is an absolute http or https URL; other schemes could run script when navigated to. */
export function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/**
 * Fails when the authorization server sent an error instead of a code to the redirect URI.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
export function refuseAuthorizationError(url: URL): void {
  const error = url.searchParams.get('error');
  if (error === null) return;
  const description = url.searchParams.get('error_description');
  throw new AppFailure({
    title: error === 'access_denied' ? 'Access was not granted' : 'The authorization server refused the launch',
    detail: description ? `${description} (${error})` : error,
    advice: 'Nothing was read. To use the app, launch it again from the EHR.',
  });
}

/** The failure of a page opened without a launch, or in a tab that no longer knows its launch. */
export function notLaunched(): AppFailure {
  return new AppFailure({
    title: 'This app starts from an EHR',
    detail: 'This tab holds no launch of it: the page was opened directly, or the tab’s session storage was cleared.',
    advice: howToLaunch,
  });
}
