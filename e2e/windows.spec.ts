/** Windows and frames: what an app can reach of the EHR around it, and what a click can decide. */
import { expect, type Page, test } from '@playwright/test';
import { type AppServer, page as pageOf, pages, startAppServer } from './fixtures/app-server.ts';
import { authorizeUrl, pkce } from './fixtures/launches.ts';
import { fillSignIn, people, signIn } from './fixtures/people.ts';
import { launchFromChart, registerApp } from './fixtures/registration.ts';

const clientId = `nosy_${Date.now()}`;
let app: AppServer;
let found: Record<string, [type: string, body: string]> = {};

/** Its first page tells what it sees of the window that opened it, and tries to lead the page around it away. */
const nosy = `
  say('heading', 'opener: ' + (window.opener === null ? 'none' : 'there'));
  say('status', 'width: ' + window.innerWidth);
  for (const [label, act] of Object.entries({
    'Lead the top away': () => { top.location.href = '${'/taken'}'; },
    'Open a window': () => { window.open('/popup'); },
  })) {
    const button = document.createElement('button');
    button.textContent = label;
    button.onclick = () => { try { act(); say('alert', label + ': done'); } catch (error) { say('alert', label + ': ' + error.name); } };
    document.querySelector('main').append(button);
  }`;

const popup = `
  try { opener.top.location.href = '/taken'; say('heading', 'done'); } catch (error) { say('heading', error.name); }`;

test.beforeAll(async ({ browser }) => {
  app = await startAppServer(pages(() => found));
  found = {
    '/launch': ['text/html', pageOf('Nosy app', nosy)],
    '/popup': ['text/html', pageOf('Its window', popup)],
    '/taken': ['text/html', pageOf('Taken', "say('heading', 'Taken')")],
    '/fhir-client.js': ['text/javascript', ''],
  };
  const page = await browser.newPage();
  await registerApp(page, {
    name: 'Nosy App',
    clientId,
    scope: 'launch openid patient/Patient.rs',
    launchUri: `${app.origin}/launch`,
    redirectUri: `${app.origin}/answer`,
    inFrame: 'camera\nclipboard-write',
  });
  for (const embed of ['A new tab', 'A window of its own', 'Inside the EHR'] as const) {
    await page.goto('/demo/admin/scenarios/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`Nosy in ${embed.toLowerCase()}`);
    await page.getByRole('combobox', { name: 'App', exact: true }).selectOption({ label: 'Nosy App' });
    await page.getByRole('combobox', { name: 'Patient, if any' }).fill('Kowalczyk');
    await page
      .getByRole('option', { name: /Kowalczyk/ })
      .first()
      .click();
    await page.getByLabel(embed, { exact: true }).check();
    await page.getByRole('button', { name: 'Save scenario' }).click();
    await expect(page.getByRole('article', { name: `Nosy in ${embed.toLowerCase()}` })).toBeVisible();
  }
  await page.close();
});
test.afterAll(() => app.stop());

async function opensWithoutOpener(page: Page, open: () => Promise<unknown>): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await open();
  const tab = await opened;
  await expect(tab.getByRole('heading')).toHaveText('opener: none');
  return tab;
}

test('an app that is launched in a tab or window sees nothing of the window that launched it', async ({ page }) => {
  await signIn(page, 'clinician', '/demo/scenarios');
  await opensWithoutOpener(page, () => page.getByRole('button', { name: 'Launch Nosy in a new tab' }).click());
  for (const _ of ['first', 'again']) {
    const click = () => page.getByRole('button', { name: 'Launch Nosy in a window of its own' }).click();
    const tab = await opensWithoutOpener(page, click);
    await expect(tab.getByRole('status')).toHaveText('width: 960');
  }
  const fromChart = await launchFromChart(page, 'BILIBABY', 'Nosy App');
  await expect(fromChart.getByRole('heading')).toHaveText('opener: none');
});

test('an app in a frame leads the page of the EHR nowhere, and nor does a window that it opens', async ({ page }) => {
  await signIn(page, 'clinician', '/demo/scenarios');
  await page.getByRole('link', { name: 'Launch Nosy in inside the EHR' }).click();
  const frame = page.frameLocator('iframe[title="Nosy App"]');
  await frame.getByRole('button', { name: 'Lead the top away' }).click();
  await expect(frame.getByRole('alert')).toHaveText('Lead the top away: SecurityError');
  const opened = page.context().waitForEvent('page');
  await frame.getByRole('button', { name: 'Open a window' }).click();
  await expect((await opened).getByRole('heading')).toHaveText('SecurityError');
  await expect(page).toHaveURL(/\/demo\/scenarios\/nosy-in-inside-the-ehr\/frame$/);
  await expect(page.getByRole('heading', { name: 'Nosy in inside the EHR' })).toBeVisible();
});

test('an app in a frame is given what its registration says, and nothing else comes by it', async ({ page }) => {
  await signIn(page, 'clinician', '/demo/scenarios');
  await page.getByRole('link', { name: 'Launch Nosy in inside the EHR' }).click();
  const title = page.frameLocator('iframe[title="Nosy App"]').getByRole('heading');
  const given = () =>
    title.evaluate(() => {
      const { featurePolicy } = document as unknown as { featurePolicy: { allowsFeature(name: string): boolean } };
      const features = ['camera', 'clipboard-write', 'microphone', 'geolocation', 'clipboard-read'];
      return features.filter((feature) => featurePolicy.allowsFeature(feature));
    });
  await expect(title).toHaveText('opener: none');
  expect(await given()).toEqual(['camera', 'clipboard-write']);
  // Another site in the same frame.
  await title.evaluate(
    (_, address) => location.assign(address),
    `${app.origin.replace('127.0.0.1', 'localhost')}/taken`,
  );
  await expect(title).toHaveText('Taken');
  expect(await given()).toEqual([]);
});

test('an app that has its user asked in a window of its own hears the answer there', async ({ page, baseURL }) => {
  const redirectUri = `${app.origin}/answer`;
  const request = { client_id: clientId, redirect_uri: redirectUri, scope: 'openid', prompt: 'consent' };
  const address = authorizeUrl(baseURL ?? '', { ...request, code_challenge: pkce().challenge });
  found['/answer'] = ['text/html', pageOf('Answer', 'opener.postMessage(location.search, location.origin)')];
  found['/alone'] = [
    'text/html',
    pageOf(
      'Alone',
      `addEventListener('message', ({ data }) => say('status', data)); say('heading', 'Alone');
      const button = document.createElement('button'); button.textContent = 'Connect';
      button.onclick = () => window.open(${JSON.stringify(address)}, 'asking', 'popup,width=500,height=600');
      document.querySelector('main').append(button);`,
    ),
  ];
  await page.goto(`${app.origin}/alone`);
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Connect' }).click();
  const asking = await opened;
  await fillSignIn(asking, people.clinician);
  await asking.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('status')).toHaveText(/code=/);
});

async function openConsent(page: Page, baseURL: string | undefined): Promise<void> {
  await signIn(page, 'clinician', '/demo/patients');
  await page.goto(authorizeUrl(baseURL ?? '', { scope: 'openid', prompt: 'consent' }));
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible();
}

test('a click or key that was meant for another window decides nothing', async ({ page, baseURL }) => {
  await openConsent(page, baseURL);
  const allow = page.getByRole('button', { name: 'Allow' });
  for (const event of ['focus', 'pageshow'] as const) {
    // At once after the window came to the front: no time passes in between.
    await allow.evaluate((button: HTMLButtonElement, name) => {
      window.dispatchEvent(new Event(name));
      button.click();
      button.form?.requestSubmit();
    }, event);
    await expect(page).toHaveURL(/\/oauth\/interaction\//);
  }
  const reached = await allow.evaluate((button) => {
    window.dispatchEvent(new Event('focus'));
    const { x, y, width, height } = button.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2) === button;
  });
  expect(reached).toBe(false);
  // Enter that is held down, as a game may have asked for.
  await allow.focus();
  const held = await allow.evaluate((button) =>
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true, cancelable: true })),
  );
  expect(held).toBe(false);
  await expect(page).toHaveURL(/\/oauth\/interaction\//);
  // Who means it, is heard.
  await allow.click();
  await page.waitForURL(/\/samples\/bilirubin-chart\//);
});

test('whoever uses the keyboard answers the consent page as before', async ({ page, baseURL }) => {
  await openConsent(page, baseURL);
  await expect(page.locator('[data-hasty]')).toHaveCount(0);
  await page.getByRole('button', { name: 'Allow' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/samples\/bilirubin-chart\//);
});

test('hasty clicks are ignored before scripts run, and without them', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await openConsent(page, baseURL);
  const [guard] = await page.locator('.deliberate').all();
  expect(await guard?.evaluate((element) => getComputedStyle(element).animation)).toMatch(/^0\.5s .*hasty/);
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.waitForURL(/error=access_denied/);
  await context.close();
});
