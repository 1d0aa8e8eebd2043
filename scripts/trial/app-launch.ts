import { createHash, randomBytes } from 'node:crypto';

/** A server as somebody outside meets it. */
export interface Reached {
  origin: string;
  /** Sends a request; for servers whose certificate nobody knows, another one than `fetch`. */
  send?: typeof fetch;
}

/** The token of an app, and the patient of its launch. */
export interface Launched {
  accessToken: string;
  patient: string;
}

const clientId = 'bilirubin_chart';
const scope = 'launch openid fhirUser patient/Patient.rs patient/Observation.rs';

/**
 * Signs the clinician of `demo` in by the published password, launches an app for a patient and does what the app does:
 * authorize, exchange the code, read the patient.
 * @throws Error that names the step that failed
 */
export async function launchApp({ origin, send = fetch }: Reached): Promise<Launched> {
  const browser = new Browser(origin, send);
  const { csrfToken } = (await (await browser.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const signIn = { username: 'clinician', password: 'clinician-demo', csrfToken, callbackUrl: '/demo/patients' };
  const signedIn = await browser.post('/api/auth/callback/credentials', signIn);
  mustHold(!signedIn.headers.get('location')?.includes('error'), 'Signing in', signedIn);
  const patientId = await somePatient(browser);
  const opened = await browser.post('/demo/launch', { client_id: clientId, patient: patientId });
  mustHold(opened.status === 303, 'Launching', opened);
  const launch = new URL(opened.headers.get('location') ?? '').searchParams.get('launch') ?? '';
  const tokens = await authorize(browser, { origin, send, launch });
  mustHold(tokens.patient === patientId, 'Launching for a patient', opened);
  const launched = { accessToken: tokens.access_token, patient: patientId };
  await readPatient({ origin, send }, launched);
  return launched;
}

/** Reads the patient of a launch with its token. @throws Error when the answer is not that patient */
export async function readPatient(
  { origin, send = fetch }: Reached,
  { accessToken, patient }: Launched,
): Promise<void> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const read = await send(`${origin}/demo/fhir/Patient/${patient}`, { headers });
  const { id } = (await read.json()) as { id?: string };
  mustHold(read.status === 200 && id === patient, 'Reading the patient of the launch', read);
}

interface Tokens {
  access_token: string;
  patient: string;
}

interface Request {
  origin: string;
  send: typeof fetch;
  launch: string;
}

async function authorize(browser: Browser, { origin, send, launch }: Request): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url');
  const redirect_uri = `${origin}/samples/bilirubin-chart/`;
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri,
    scope,
    launch,
    state: 'state',
    aud: `${origin}/demo/fhir`,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const answer = await browser.get(`/demo/oauth/authorize?${asked}`);
  const code = new URL(answer.headers.get('location') ?? origin, origin).searchParams.get('code');
  mustHold(code !== null, 'Authorizing', answer);
  const form = { grant_type: 'authorization_code', code: code ?? '', client_id: clientId, redirect_uri };
  const body = new URLSearchParams({ ...form, code_verifier: verifier });
  const exchanged = await send(`${origin}/demo/oauth/token`, { method: 'POST', body });
  mustHold(exchanged.status === 200, 'Exchanging the code', exchanged);
  return (await exchanged.json()) as Tokens;
}

/** The id of a patient, as a link of the patient list names it. */
async function somePatient(browser: Browser): Promise<string> {
  const page = await browser.get('/demo/patients');
  const [, id] = /\/demo\/patients\/([A-Za-z0-9.-]+)/.exec(await page.text()) ?? [];
  mustHold(id !== undefined, 'Listing patients', page);
  return id ?? '';
}

/** Keeps cookies, and follows nothing. */
class Browser {
  #cookies = new Map<string, string>();

  #origin: string;
  #send: typeof fetch;

  constructor(origin: string, send: typeof fetch) {
    this.#origin = origin;
    this.#send = send;
  }

  get(path: string) {
    return this.#ask(path, {});
  }

  post(path: string, form: Record<string, string>) {
    return this.#ask(path, { method: 'POST', body: new URLSearchParams(form) });
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { cookie, origin: this.#origin, 'sec-fetch-site': 'same-origin' };
    const answer = await this.#send(`${this.#origin}${path}`, { ...init, headers, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    return answer;
  }
}

function mustHold(holds: boolean, step: string, { status, headers }: Response): void {
  if (!holds) throw new Error(`${step} was answered with ${status} ${headers.get('location') ?? ''}`.trim());
}
