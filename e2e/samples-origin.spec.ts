/** A server that has the bundled apps at an origin of their own: strangers to the EHR for the browser too. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request as http } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { signIn } from './fixtures/people.ts';
import { freePort, type Server, serving, signalAll, start } from './fixtures/server.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const dataDir = mkdtempSync(join(tmpdir(), 'ehr-sandbox-samples-'));
let server: Server;
let samples: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  const port = await freePort();
  samples = `http://127.0.0.1:${port}`;
  server = await serving(start(dataDir, port, [], { SAMPLES_URL: samples }));
});

test.afterAll(async () => {
  signalAll(server, 'SIGTERM');
  await server.ended;
  rmSync(dataDir, { recursive: true, force: true });
});

/** A clinician at a page of this server's EHR. */
async function clinicianAt(browser: Browser, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.origin });
  const page = await context.newPage();
  await signIn(page, 'clinician', path);
  return page;
}

async function launchFromChart(page: Page, app: string): Promise<Page> {
  await page.goto('/demo/patients/BILIBABY');
  const opened = page.context().waitForEvent('page');
  const launch = page.getByRole('region', { name: 'Apps' }).getByRole('button', { name: new RegExp(`^Launch ${app}`) });
  await launch.click();
  return opened;
}

/** What a script of the app comes to when it asks for something of the EHR with whatever the browser has. */
async function outcomeOf(app: Page, address: string): Promise<string> {
  const read = (url: string) =>
    fetch(url, { credentials: 'include' }).then(
      (answer) => String(answer.status),
      () => 'kept from it',
    );
  return app.evaluate(read, address);
}

test('says where they are', () => expect(server.printed()).toContain(`The bundled apps are at ${samples}`));

test('an app that is launched shows its patient, and can read nothing else of the EHR', async ({ browser }) => {
  const page = await clinicianAt(browser, '/demo/patients');
  const app = await launchFromChart(page, 'Bilirubin Chart');
  await expect(app.getByRole('heading', { name: 'Bilirubin by hours of life' })).toBeVisible();
  await expect(app.getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
  expect(new URL(app.url()).origin).toBe(samples);
  expect(await app.evaluate(() => document.cookie)).toBe('');
  expect(await app.context().cookies(samples)).toEqual([]);
  for (const path of ['/demo/patients/BILIBABY', '/api/auth/session', '/demo/fhir/Patient/maria-gonzalez'])
    expect(await outcomeOf(app, server.origin + path), path).toMatch(/^kept from it$|^401$/);
  for (const path of ['/demo/patients/BILIBABY', '/api/auth/session', '/demo/fhir/metadata', '/'])
    expect(await outcomeOf(app, samples + path), path).toBe('404');
});

/** As private windows of Chromium do; a Chromium without windows lets them keep what they like. */
function keepNothingInFrames(): void {
  if (self === top) return;
  Object.defineProperty(window, 'sessionStorage', {
    get: () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    },
  });
}

test('an app in a frame of the EHR cannot look at the page around it', async ({ browser }) => {
  const page = await clinicianAt(browser, '/demo/scenarios');
  await page.addInitScript(keepNothingInFrames);
  await page.goto('/demo/scenarios/bilirubin-in-the-ehr/frame');
  const app = page.frameLocator('iframe[title="Bilirubin Chart"]');
  // It cannot keep anything either, which it says.
  await expect(app.getByText('Launch the app in a tab of its own', { exact: false })).toBeVisible();
  const inside = page.frames().find((frame) => frame.url().startsWith(samples));
  const seen = await inside?.evaluate(() => {
    try {
      return parent.document.title;
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(seen).toBe('SecurityError');
});

test('the bundled CDS service advises, and its card opens the app', async ({ browser }) => {
  const page = await clinicianAt(browser, '/demo/patients/BILIBABY');
  const card = page.getByRole('article', { name: /^Bilirubin .* risk zone/ });
  await expect(card).toBeVisible();
  const opened = page.context().waitForEvent('page');
  await card.getByRole('button', { name: /Open the bilirubin chart/ }).click();
  const app = await opened;
  await expect(app.getByRole('heading', { name: 'Bilirubin by hours of life' })).toBeVisible();
  expect(new URL(app.url()).origin).toBe(samples);
});

test('the console registers a launch from its own origin', async ({ browser }) => {
  const page = await clinicianAt(browser, '/demo/patients');
  const console = await launchFromChart(page, 'CDS Console');
  await console.getByRole('button', { name: 'Allow' }).click();
  const opened = console.context().waitForEvent('page');
  await console.getByRole('button', { name: 'Open the bilirubin chart' }).click();
  await expect((await opened).getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
});

test('logos are shown where apps are offered', async ({ browser }) => {
  const page = await clinicianAt(browser, '/demo/apps');
  const logo = page.getByRole('article', { name: 'Clinic Day' }).locator('img');
  await expect(logo).toHaveJSProperty('complete', true);
  expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
});

/** The status of an answer to a request that says this Host, and where it leads. */
function ask(host: string, method: string, path: string): Promise<string> {
  const { port } = new URL(samples);
  return new Promise((resolve, reject) => {
    const headers = { host, 'x-forwarded-host': 'evil.example' };
    const sent = http({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      answer.resume();
      const { statusCode, headers: said } = answer;
      answer.on('end', () => resolve(`${statusCode}${said.location ? ` ${said.location}` : ''}`));
    });
    sent.on('error', reject).end();
  });
}

test('a Host chooses between the two, and nothing else', async () => {
  const { host } = new URL(samples);
  const { host: ehr, port } = new URL(server.origin);
  const launch = '/samples/bilirubin-chart/launch?iss=x&launch=y';
  expect(await ask(host, 'GET', launch)).toBe('200');
  expect(await ask(host, 'GET', '/samples/cds-services')).toBe('200');
  for (const path of ['/', '/demo/patients', '/demo/fhir/metadata', '/health'])
    expect(await ask(host, 'GET', path), path).toBe('404');
  expect(await ask(host, 'GET', '/samples/../demo/fhir/metadata')).toBe('400');
  for (const path of ['/samples/bilirubin-chart/', '/demo/oauth/token', '/api/auth/callback/credentials'])
    expect(await ask(host, 'POST', path), path).toBe('404');
  for (const forged of [ehr, 'evil.example', `127.0.0.2:${port}`, `${host}.evil.example`, `evil@${host}`]) {
    expect(await ask(forged, 'GET', '/demo/fhir/metadata'), forged).toBe('200');
    expect(await ask(forged, 'GET', launch), forged).toBe(`307 ${samples}${launch}`);
    expect(await ask(forged, 'POST', '/samples/cds-services/newborn-bilirubin'), forged).toBe('404');
    expect(await ask(forged, 'GET', '/demo/patients'), forged).toBe('307 /sign-in?callbackUrl=%2Fdemo%2Fpatients');
  }
});
