import { expect, type Page, test } from '@playwright/test';
import { type AppServer, pages, startAppServer } from './fixtures/app-server.ts';
import { authorizeUrl, pkce } from './fixtures/launches.ts';
import { signIn } from './fixtures/people.ts';

const clientId = `cors_${Date.now()}`;
const scope = 'openid fhirUser launch/patient patient/Patient.rs';
const answer = pages(() => ({ '/': ['text/html', '<!doctype html><html lang="en"><title>An app</title></html>'] }));
let app: AppServer;
let stranger: AppServer;

test.beforeAll(async () => {
  app = await startAppServer(answer);
  stranger = await startAppServer(answer);
});
test.afterAll(async () => {
  await app.stop();
  await stranger.stop();
});

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Fetches in a script of the page: status and JSON, or undefined when the browser withholds the response from it. */
function fetchFrom(page: Page, url: string, sent: Sent = {}): Promise<{ status: number; json: unknown } | undefined> {
  return page.evaluate(
    async ([address, init]) => {
      try {
        const response = await fetch(address, init);
        return { status: response.status, json: await response.json() };
      } catch {
        return undefined;
      }
    },
    [url, sent] as const,
  );
}

async function registerApp(page: Page): Promise<void> {
  await signIn(page, 'admin', '/demo/admin/apps/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Page elsewhere');
  await page.getByRole('textbox', { name: 'Client id' }).fill(clientId);
  await page.getByRole('textbox', { name: 'Redirect URIs' }).fill(`${app.origin}/`);
  await page.getByRole('textbox', { name: 'Other scopes' }).fill(scope);
  await page.getByRole('button', { name: 'Register app' }).click();
  await expect(page.getByText('Page elsewhere is registered')).toBeVisible();
  await page.context().clearCookies();
}

/** Lets the patient allow the app, and answers the code with which the app's own page is opened. */
async function codeFor(page: Page, origin: string, challenge: string): Promise<string> {
  const changes = { client_id: clientId, redirect_uri: `${app.origin}/`, scope, code_challenge: challenge };
  await signIn(page, 'patient', '/demo/record');
  await page.goto(authorizeUrl(origin, changes));
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL(`${app.origin}/**`);
  return new URL(page.url()).searchParams.get('code') ?? '';
}

function exchange(code: string, verifier: string): Sent {
  const fields = { grant_type: 'authorization_code', code, client_id: clientId, code_verifier: verifier };
  const body = new URLSearchParams({ ...fields, redirect_uri: `${app.origin}/` }).toString();
  return { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body };
}

test('a page of a registered origin gets token and data, one of another origin nothing but discovery [SMART 16 17]', async ({
  page,
  baseURL,
}) => {
  const fhir = `${baseURL}/demo/fhir`;
  const token = `${baseURL}/demo/oauth/token`;
  await registerApp(page);
  const { verifier, challenge } = pkce();
  const code = await codeFor(page, baseURL ?? '', challenge);

  const foreign = await page.context().newPage();
  await foreign.goto(stranger.origin);
  for (const document of ['metadata', '.well-known/smart-configuration']) {
    expect((await fetchFrom(foreign, `${fhir}/${document}`))?.status).toBe(200);
    expect((await fetchFrom(page, `${fhir}/${document}`))?.status).toBe(200);
  }
  expect((await fetchFrom(foreign, `${baseURL}/demo/user-access-brands.json`))?.status).toBe(200);

  expect(await fetchFrom(foreign, token, exchange(code, verifier))).toBeUndefined();
  const issued = await fetchFrom(page, token, exchange(code, verifier));
  expect(issued?.status).toBe(200);
  const { access_token: accessToken, patient, smart_style_url: style } = (issued?.json ?? {}) as Record<string, string>;
  expect((await fetchFrom(page, style ?? ''))?.json).toHaveProperty('color_highlight');

  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/fhir+json' };
  expect(await fetchFrom(foreign, `${fhir}/Patient/${patient}`, { headers })).toBeUndefined();
  const read = await fetchFrom(page, `${fhir}/Patient/${patient}`, { headers });
  expect(read).toMatchObject({ status: 200, json: { resourceType: 'Patient', id: patient } });

  const wrong = { headers: { authorization: 'Bearer wrong' } };
  expect((await fetchFrom(page, `${fhir}/Patient/${patient}`, wrong))?.status).toBe(401);
  expect(await fetchFrom(foreign, `${fhir}/Patient/${patient}`, wrong)).toBeUndefined();
});
