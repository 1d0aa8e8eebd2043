import { expect, test } from '@playwright/test';
import { authorizeUrl, recordLaunch, redirectedParameters } from './fixtures/launches.ts';
import { signIn } from './fixtures/people.ts';

const baby = { client_id: 'bilirubin_chart', patient: 'BILIBABY' };

test.beforeEach(({ page }) => signIn(page, 'clinician', '/demo/patients'));

for (const [what, changes, says] of [
  ['a wrong redirect_uri', { redirect_uri: 'https://evil.example/' }, /redirect/i],
  ['an unknown client', { client_id: 'nobody' }, /nobody|not registered|unknown/i],
] as const) {
  test(`${what} ends on a page that says so, and nobody is sent anywhere`, async ({ page, baseURL }) => {
    const launch = await recordLaunch(page, 'demo', baby);
    const url = authorizeUrl(baseURL ?? '', { ...changes, launch: launch.searchParams.get('launch') ?? '' });
    const answer = await page.goto(url);
    expect(answer?.status()).toBe(400);
    expect(new URL(page.url()).pathname).toBe('/demo/oauth/authorize');
    await expect(page.getByRole('main')).toContainText(says);
  });
}

test('a wrong aud is refused with an error to the app, never a code', async ({ page, baseURL }) => {
  const launch = await recordLaunch(page, 'demo', baby);
  const said = await redirectedParameters(
    page,
    authorizeUrl(baseURL ?? '', { aud: 'https://other.example/fhir', launch: launch.searchParams.get('launch') ?? '' }),
  );
  expect(said.get('error')).toBe('invalid_request');
  expect(said.get('error_description')).toMatch(/aud/);
  expect(said.get('state')).toBe('state-of-the-app');
  expect(said.has('code')).toBe(false);
});

test('a launch id works once', async ({ page, baseURL }) => {
  const launch = (await recordLaunch(page, 'demo', baby)).searchParams.get('launch') ?? '';
  const first = await redirectedParameters(page, authorizeUrl(baseURL ?? '', { launch }));
  expect(first.get('code')).toBeTruthy();
  const second = await redirectedParameters(page, authorizeUrl(baseURL ?? '', { launch }));
  expect(second.get('error')).toBe('invalid_request');
  expect(second.get('error_description')).toMatch(/already used/);
  expect(second.has('code')).toBe(false);
});

test('an expired launch id is refused', async ({ browser, baseURL }) => {
  const context = await browser.newContext();
  const hasty = await context.newPage();
  await signIn(hasty, 'hasty', '/hasty/patients');
  const opened = await recordLaunch(hasty, 'hasty', { client_id: 'bilirubin_chart', patient: 'hasty-baby' });
  const recordedBy = Date.now();
  // Waits by the clock, which server and browser share: asking the server would use up the launch.
  await expect.poll(() => Date.now() - recordedBy).toBeGreaterThan(1000);
  const launch = opened.searchParams.get('launch') ?? '';
  const said = await redirectedParameters(hasty, authorizeUrl(baseURL ?? '', { launch }, 'hasty'));
  expect(said.get('error')).toBe('invalid_request');
  expect(said.get('error_description')).toMatch(/expired/);
  expect(said.has('code')).toBe(false);
  await context.close();
});

test("another user's launch id is refused", async ({ page, browser, baseURL }) => {
  const launch = (await recordLaunch(page, 'demo', baby)).searchParams.get('launch') ?? '';
  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, 'internist', '/demo/patients');
  const said = await redirectedParameters(other, authorizeUrl(baseURL ?? '', { launch }));
  expect(said.get('error')).toBe('invalid_request');
  expect(said.get('error_description')).toMatch(/another user/);
  await context.close();
});

test("another sandbox's launch id is refused", async ({ page, browser, baseURL }) => {
  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, 'stranger', '/riverside/patients');
  const foreign = await recordLaunch(other, 'riverside', { client_id: 'bilirubin_chart', patient: 'river-baby' });
  await context.close();
  const launch = foreign.searchParams.get('launch') ?? '';
  const said = await redirectedParameters(page, authorizeUrl(baseURL ?? '', { launch }));
  expect(said.get('error')).toBe('invalid_request');
  expect(said.get('error_description')).toMatch(/another sandbox/);
});

test('a made-up launch id is refused', async ({ page, baseURL }) => {
  const said = await redirectedParameters(page, authorizeUrl(baseURL ?? '', { launch: 'made-up' }));
  expect(said.get('error')).toBe('invalid_request');
  expect(said.get('error_description')).toMatch(/not known/);
});

test('a disabled client is refused by name', async ({ page, browser, baseURL }) => {
  const context = await browser.newContext();
  const admin = await context.newPage();
  await signIn(admin, 'admin', '/demo/admin/apps');
  await admin.getByRole('button', { name: 'Disable Clinic Day' }).click();
  await expect(admin.getByRole('button', { name: 'Enable Clinic Day' })).toBeVisible();
  const answer = await page.goto(
    authorizeUrl(baseURL ?? '', { client_id: 'clinic_day', redirect_uri: `${baseURL}/samples/clinic-day/` }),
  );
  expect(answer?.status()).toBe(400);
  await expect(page.getByRole('main')).toContainText(/disabled/);
  await admin.getByRole('button', { name: 'Enable Clinic Day' }).click();
  await expect(admin.getByRole('button', { name: 'Disable Clinic Day' })).toBeVisible();
  await context.close();
});

test('an interaction without its cookie says that the sign-in expired', async ({ page }) => {
  await page.goto('/demo/oauth/interaction/not-an-interaction');
  await expect(page.getByRole('main')).toContainText(/expired/);
});
