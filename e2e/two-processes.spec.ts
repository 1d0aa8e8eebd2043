/** Two processes that share one PostgreSQL and one public address, as behind a load balancer. */
import { type APIRequestContext, type APIResponse, expect, test } from '@playwright/test';
import { type PostgresServer, startPostgres } from '#scripts/machine/postgres.ts';
import { authorizeUrl, pkce } from './fixtures/launches.ts';
import { people } from './fixtures/people.ts';
import { freePort, type Server, serving, signalAll, start } from './fixtures/server.ts';

const clientId = 'bilirubin_chart';
const scope = 'launch openid fhirUser patient/Patient.rs offline_access';

let postgres: PostgresServer;
let servers: Server[] = [];
/** The addresses of the processes; the first is also the public address of both. */
let one: string;
let other: string;

test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  postgres = await startPostgres();
  const ports = [await freePort(), await freePort()];
  [one = '', other = ''] = ports.map((port) => `http://localhost:${port}`);
  // The data folder stays empty: the database is PostgreSQL.
  const begin = async (port: number) => {
    const variables = { DATABASE_URL: postgres.url, PUBLIC_URL: one };
    const server = start('', port, ['e2e/fixtures/hospital.json'], variables);
    servers.push(server);
    await serving(server);
  };
  for (const port of ports) await begin(port);
});

test.afterAll(async () => {
  for (const server of servers) signalAll(server, 'SIGTERM');
  await Promise.all(servers.map(({ ended }) => ended));
  servers = [];
  await postgres.stop();
});

test.beforeEach(async ({ page }) => {
  const { csrfToken } = await (await page.request.get(`${one}/api/auth/csrf`)).json();
  await page.request.post(`${one}/api/auth/callback/credentials`, {
    form: { ...people.stranger, csrfToken, callbackUrl: `${one}/riverside/patients` },
    headers: { origin: one },
  });
  expect(await (await page.request.get(`${other}/api/auth/session`)).json()).toHaveProperty('user');
});

async function recordLaunch(request: APIRequestContext, at: string): Promise<string> {
  const opened = await request.post(`${at}/riverside/launch`, {
    form: { client_id: clientId, patient: 'river-baby' },
    headers: { origin: one, 'sec-fetch-site': 'same-origin' },
    maxRedirects: 0,
  });
  const address = new URL(opened.headers().location ?? '');
  expect(address.searchParams.get('iss')).toBe(`${one}/riverside/fhir`);
  return address.searchParams.get('launch') ?? '';
}

/** Sends an authorization request to the process at `at`, and answers the parameters of the app's redirect. */
async function authorize(request: APIRequestContext, at: string, launch: string, challenge: string) {
  const { pathname, search } = new URL(authorizeUrl(one, { launch, scope, code_challenge: challenge }, 'riverside'));
  const answer = await request.get(`${at}${pathname}${search}`, { maxRedirects: 0 });
  return new URL(answer.headers().location ?? '').searchParams;
}

interface Tokens {
  access_token: string;
  refresh_token: string;
  id_token: string;
  patient: string;
}

const askToken = (request: APIRequestContext, at: string, form: Record<string, string>) =>
  request.post(`${at}/riverside/oauth/token`, { form: { client_id: clientId, ...form } });

const refresh = (request: APIRequestContext, at: string, { refresh_token }: Tokens) =>
  askToken(request, at, { grant_type: 'refresh_token', refresh_token });

/** Makes a launch, from the click to the tokens, and sends each step to the other process. */
async function launch(request: APIRequestContext): Promise<Tokens> {
  const { verifier, challenge } = pkce();
  const code = (await authorize(request, other, await recordLaunch(request, one), challenge)).get('code') ?? '';
  return tokensOf(await exchange(request, one, code, verifier));
}

function exchange(request: APIRequestContext, at: string, code: string, verifier: string) {
  const redirect_uri = `${one}/samples/bilirubin-chart/`;
  return askToken(request, at, { grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier });
}

async function tokensOf(answer: APIResponse): Promise<Tokens> {
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
}

const readPatient = (request: APIRequestContext, at: string, { access_token }: Tokens) =>
  request.get(`${at}/riverside/fhir/Patient/river-baby`, { headers: { authorization: `Bearer ${access_token}` } });

test('a launch goes from process to process, and its data with it', async ({ page: { request } }) => {
  const launchId = await recordLaunch(request, one);
  const { verifier, challenge } = pkce();
  const code = (await authorize(request, other, launchId, challenge)).get('code') ?? '';
  const tokens = await tokensOf(await exchange(request, one, code, verifier));
  expect(tokens.patient).toBe('river-baby');
  expect((await readPatient(request, other, tokens)).status()).toBe(200);

  const again = await authorize(request, one, launchId, challenge);
  expect([again.get('error'), again.has('code')]).toEqual(['invalid_request', false]);
  expect(again.get('error_description')).toMatch(/already used/);
});

test('a refresh at one process ends the refresh token for the other', async ({ page: { request } }) => {
  const tokens = await launch(request);
  const next = await tokensOf(await refresh(request, other, tokens));
  expect(next.patient).toBe('river-baby');
  expect((await readPatient(request, one, next)).status()).toBe(200);
  expect((await refresh(request, one, tokens)).status()).toBe(400);
});

test('of two processes with the same code at the same moment one gives tokens', async ({ page: { request } }) => {
  for (let round = 0; round < 3; round++) {
    const { verifier, challenge } = pkce();
    const code = (await authorize(request, other, await recordLaunch(request, one), challenge)).get('code') ?? '';
    const answers = await Promise.all([one, other].map((at) => exchange(request, at, code, verifier)));
    expect(answers.map((answer) => answer.status()).sort()).toEqual([200, 400]);
  }
});

test('what is revoked at one process is refused by the other at once', async ({ page: { request } }) => {
  const tokens = await launch(request);
  expect((await readPatient(request, other, tokens)).status()).toBe(200);
  const form = { token: tokens.refresh_token, client_id: clientId };
  expect((await request.post(`${one}/riverside/oauth/revoke`, { form })).status()).toBe(200);
  expect((await readPatient(request, other, tokens)).status()).toBe(401);
  expect((await refresh(request, other, tokens)).status()).toBe(400);
});

/** Registers a launch over the API, or reads or withdraws one. */
async function launchService(
  request: APIRequestContext,
  at: string,
  { access_token }: Tokens,
  [method, launchId = '']: [method: string, launchId?: string],
) {
  return request.fetch(`${at}/riverside/fhir/_services/smart/Launch${launchId && `/${launchId}`}`, {
    method,
    headers: { authorization: `Bearer ${access_token}` },
    data: launchId ? undefined : { client_id: clientId, parameters: { patient: 'river-baby', ward: '3 West' } },
  });
}

test('a context registered over the API at one process is known to both halves at the other', async ({
  page: { request },
}) => {
  const caller = await launch(request);
  const registered = await launchService(request, one, caller, ['POST']);
  expect(registered.status(), await registered.text()).toBe(200);
  const { launch_id: launchId } = await registered.json();
  const readBack = await launchService(request, other, caller, ['GET', launchId]);
  expect(await readBack.json()).toMatchObject({ parameters: { patient: 'river-baby', ward: '3 West' } });
  const { verifier, challenge } = pkce();
  const code = (await authorize(request, other, launchId, challenge)).get('code') ?? '';
  const tokens = await tokensOf(await exchange(request, one, code, verifier));
  expect(tokens).toMatchObject({ patient: 'river-baby', ward: '3 West' });
  expect((await readPatient(request, other, tokens)).status()).toBe(200);
});

test('a context withdrawn at one process opens nothing at the other', async ({ page: { request } }) => {
  const caller = await launch(request);
  const { launch_id: launchId } = await (await launchService(request, one, caller, ['POST'])).json();
  expect((await launchService(request, other, caller, ['DELETE', launchId])).ok()).toBe(true);
  const refused = await authorize(request, one, launchId, pkce().challenge);
  expect([refused.get('error'), refused.has('code')]).toEqual(['invalid_request', false]);
  expect((await launchService(request, one, caller, ['GET', launchId])).status()).toBe(404);
});

test('keys that are rotated at one process sign at the other, and the old ones still verify', async ({ page }) => {
  const before = keyOf(await launch(page.request));
  await page.goto(`${one}/riverside/admin/keys`);
  await page.getByRole('button', { name: 'Rotate keys' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Rotate keys' }).click();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  const next = await tokensOf(await refresh(page.request, other, await launch(page.request)));
  expect(keyOf(next)).not.toBe(before);
  for (const at of [one, other]) {
    const { keys } = await (await page.request.get(`${at}/riverside/oauth/jwks`)).json();
    expect(keys.map(({ kid }: { kid: string }) => kid)).toEqual(expect.arrayContaining([before, keyOf(next)]));
  }
});

/** The id of the key that signed the id_token. */
function keyOf({ id_token }: Tokens): string {
  const [header = ''] = id_token.split('.');
  return JSON.parse(Buffer.from(header, 'base64url').toString()).kid;
}
