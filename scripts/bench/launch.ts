/** One whole launch as the EHR's page, the browser and the app play it: launch, authorize, code, token. */
import { createHash, randomBytes } from 'node:crypto';
import { BrowserSession } from './browser-session.ts';

const clientId = 'bilirubin_chart';
const scope = 'launch openid fhirUser patient/Patient.rs patient/Observation.rs';

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

/** Launches the bilirubin chart for BILIBABY; the access token. @throws Error that names the step that failed. */
export async function launch(origin: string, signedIn: BrowserSession): Promise<string> {
  const session = signedIn.copy();
  const form = { client_id: clientId, patient: 'BILIBABY' };
  const { location = '' } = await session.post(`${origin}/demo/launch`, form);
  const opened = new URL(location);
  const redirectUri = `${origin}/samples/bilirubin-chart/`;
  const verifier = randomBytes(32).toString('base64url');
  const authorize = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    state: randomBytes(8).toString('hex'),
    aud: opened.searchParams.get('iss') ?? '',
    launch: opened.searchParams.get('launch') ?? '',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const arrived = await session.follow(`${origin}/demo/oauth/authorize?${authorize}`, (url) =>
    url.startsWith(redirectUri),
  );
  const code = new URL(arrived).searchParams.get('code');
  if (!code) throw new Error(`The app got no code: ${arrived}`);
  const token = await new BrowserSession().post(`${origin}/demo/oauth/token`, {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  });
  if (token.status !== 200) throw new Error(`The token endpoint answered ${token.status}: ${token.body}`);
  return (JSON.parse(token.body) as { access_token: string }).access_token;
}
