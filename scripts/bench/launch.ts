/** Plays a launch step by step as the EHR's page, the browser and the app: launch, authorize, token. */
import { createHash, randomBytes } from 'node:crypto';
import { BrowserSession } from './browser-session.ts';

export const scope = 'launch openid fhirUser patient/Patient.rs patient/Observation.rs';

/** The launch to play: the sample clinician opens an app of the shipped sandbox. */
export interface Launcher {
  origin: string;
  session: BrowserSession;
  clientId: string;
  scope: string;
}

/** The parameters that the app's launch URL received. */
interface Opened {
  session: BrowserSession;
  iss: string;
  launch: string;
}

/** The parameters that the app's redirect URI received, and the verifier that it kept. */
interface Arrived {
  code: string;
  verifier: string;
}

export interface Tokens {
  access_token: string;
  refresh_token?: string;
}

/** Signs in at the EHR as the sample clinician. */
export async function signIn(origin: string): Promise<BrowserSession> {
  const session = new BrowserSession();
  const { csrfToken } = JSON.parse((await session.get(`${origin}/api/auth/csrf`)).body) as { csrfToken: string };
  await session.post(`${origin}/api/auth/callback/credentials`, {
    csrfToken,
    username: 'clinician',
    password: 'clinician-demo',
    callbackUrl: `${origin}/demo/patients`,
  });
  const { user } = JSON.parse((await session.get(`${origin}/api/auth/session`)).body) as { user?: unknown };
  if (!user) throw new Error('The sample clinician could not sign in.');
  return session;
}

/** Posts the form of a Launch button for BILIBABY, in a new tab. */
export async function open({ origin, session: signedIn, clientId }: Launcher): Promise<Opened> {
  const session = signedIn.copy();
  const { location } = await session.post(`${origin}/demo/launch`, { client_id: clientId, patient: 'BILIBABY' });
  const parameters = new URL(location ?? origin).searchParams;
  const [iss, launch] = [parameters.get('iss'), parameters.get('launch')];
  if (!iss || !launch) throw new Error(`The launch was refused: ${location}`);
  return { session, iss, launch };
}

/** Takes the browser through the authorization endpoint to the app's redirect URI. */
export async function authorize(launcher: Launcher, { session, iss, launch }: Opened): Promise<Arrived> {
  const { origin, clientId } = launcher;
  const verifier = randomBytes(32).toString('base64url');
  const authorization = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri(origin),
    scope: launcher.scope,
    state: randomBytes(8).toString('hex'),
    aud: iss,
    launch,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const arrived = await session.follow(`${origin}/demo/oauth/authorize?${authorization}`, (url) =>
    url.startsWith(redirectUri(origin)),
  );
  const code = new URL(arrived).searchParams.get('code');
  if (!code) throw new Error(`The app got no code: ${arrived}`);
  return { code, verifier };
}

/** Exchanges the code as the app's page does. */
export async function exchange({ origin, clientId }: Launcher, { code, verifier }: Arrived): Promise<Tokens> {
  const { status, body } = await new BrowserSession().post(`${origin}/demo/oauth/token`, {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri(origin),
    code,
    code_verifier: verifier,
  });
  if (status !== 200) throw new Error(`The token endpoint answered ${status}: ${body}`);
  return JSON.parse(body) as Tokens;
}

/** Plays all three steps. @throws Error that names the failed step */
export async function launchApp(launcher: Launcher): Promise<Tokens> {
  return exchange(launcher, await authorize(launcher, await open(launcher)));
}

function redirectUri(origin: string): string {
  return `${origin}/samples/bilirubin-chart/`;
}
