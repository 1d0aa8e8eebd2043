/** The audit log tells administrators, and nobody else, who read whose data by which app. */
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { fillSignIn, type Person, signIn } from './fixtures/people.ts';

async function as(browser: Browser, person: Person, path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, person, path);
  return page;
}

/** A clinician opens a chart and an app from it, which reads the patient. */
async function readInApp(browser: Browser): Promise<void> {
  const page = await as(browser, 'clinician', '/demo/patients/BILIBABY');
  const opened = page.context().waitForEvent('page');
  await page
    .getByRole('region', { name: 'Apps' })
    .getByRole('button', { name: /^Launch Bilirubin Chart/ })
    .click();
  const app = await opened;
  await expect(app.getByRole('heading', { name: 'Bilirubin by hours of life' })).toBeVisible();
  await page.context().close();
}

test('an administrator finds who read a patient, by which app', async ({ browser }) => {
  await readInApp(browser);
  const page = await as(browser, 'admin', '/demo/admin');
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByLabel('Patient id').fill('BILIBABY');
  await page.getByLabel('Username').fill('clinician');
  await page.getByLabel('App').selectOption('bilirubin_chart');
  await page.getByRole('button', { name: 'Filter' }).click();
  // Until the answer is there, it would take back what is chosen next.
  await page.getByRole('link', { name: 'Clear' }).waitFor();
  const events = page.getByRole('table', { name: 'Audit events' });
  const read = events.getByRole('row').filter({ hasText: 'GET Patient/BILIBABY' }).first();
  await expect(read).toContainText('Dr. Grace Chen');
  await expect(read).toContainText('Bilirubin Chart');
  await expect(read).toContainText('Kowalczyk');
  await expect(read).toContainText('Done');

  await page.getByLabel('App').selectOption('ehr');
  await page.getByRole('button', { name: 'Filter' }).click();
  const opened = events.getByRole('row').filter({ hasText: 'Chart opened' }).first();
  await expect(opened).toContainText('The EHR itself');
  await opened.getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('GET patients/BILIBABY');
  await page.getByText('As the FHIR server answers it').click();
  await expect(page.getByText('"resourceType": "AuditEvent"')).toBeVisible();
  await page.getByRole('link', { name: /Kowalczyk/ }).click();
  await expect(page.getByRole('heading', { name: /Kowalczyk/ })).toBeVisible();
});

/** How many openings of a chart by somebody the first page of the log shows. */
async function chartsOpened(admin: Page, username: string): Promise<number> {
  await admin.goto('/demo/admin/audit');
  await admin.getByLabel('Username').fill(username);
  await admin.getByLabel('Event').selectOption('Chart opened');
  await admin.getByRole('button', { name: 'Filter' }).click();
  await admin.getByRole('link', { name: 'Clear' }).waitFor();
  return admin.getByRole('row').filter({ hasText: 'Chart opened' }).count();
}

test('a list of patients opens no chart, whatever the browser would like to know in advance', async ({ browser }) => {
  const admin = await as(browser, 'admin', '/demo/admin/audit');
  const before = await chartsOpened(admin, 'internist');
  const page = await as(browser, 'internist', '/demo/patients');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.getByRole('row').nth(1).getByRole('link').hover();
  await page.getByRole('row').nth(5).getByRole('link').hover();
  await page.getByRole('columnheader', { name: 'Born' }).getByRole('link').click();
  await expect(page).toHaveURL(/sort=/);
  expect(asked.filter((path) => path.startsWith('/demo/patients/'))).toEqual([]);
  // As browsers do for an address that they expect to be typed, and as link checkers do.
  const guess = { headers: { 'Sec-Purpose': 'prefetch;prerender' } };
  expect((await page.request.get('/demo/patients/BILIBABY', guess)).status()).toBe(503);
  expect((await page.request.head('/demo/patients/BILIBABY')).status()).toBe(405);

  await admin.goto('/demo/admin/audit');
  await admin.getByLabel('Username').fill('internist');
  await admin.getByRole('button', { name: 'Filter' }).click();
  const events = admin.getByRole('table', { name: 'Audit events' });
  await expect(events.getByRole('row').filter({ hasText: 'Looked up' }).first()).toBeVisible();
  expect(await chartsOpened(admin, 'internist')).toBe(before);
});

test('an administrator finds who failed to sign in as whom, from where', async ({ browser }) => {
  const guessing = await (await browser.newContext()).newPage();
  await guessing.goto('/demo/patients');
  await fillSignIn(guessing, { username: 'hasty', password: 'a guess of mine' });
  await expect(guessing.getByRole('alert').filter({ hasText: 'do not go together' })).toBeVisible();
  await fillSignIn(guessing, { username: 'clinician', password: 'a guess of mine' });
  await expect(guessing.getByLabel('Username')).toHaveValue('clinician');

  const page = await as(browser, 'admin', '/demo/admin/audit');
  await page.getByLabel('Event').selectOption('Signed in');
  await page.getByLabel('Outcome').selectOption('Refused');
  await page.getByRole('button', { name: 'Filter' }).click();
  const events = page.getByRole('table', { name: 'Audit events' });
  const failed = events.getByRole('row').filter({ hasText: 'Signed in' });
  await expect(failed.first()).toContainText('Dr. Grace Chen');
  await expect(failed.filter({ hasText: 'hasty' })).toHaveCount(0);
  await failed.first().getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText(/Network address(127\.0\.0\.1|::1)/);
  await expect(page.getByText('a guess of mine')).toHaveCount(0);
});

test('what is not there, and what cannot be searched for, is said', async ({ browser }) => {
  const page = await as(browser, 'admin', '/demo/admin/audit');
  await page.getByLabel('Username').fill('nobody-of-this-name');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('Nothing like this happened')).toBeVisible();
  await page.getByRole('link', { name: 'Clear' }).click();
  await expect(page.getByLabel('Username')).toHaveValue('');
  await page.goto('/demo/admin/audit?from=yesterday');
  await expect(page.getByText('The log cannot be searched like this')).toBeVisible();
  const missing = await page.goto('/demo/admin/audit/no-such-event');
  expect(missing?.status()).toBe(404);
});

test('nobody else opens the log', async ({ browser }) => {
  for (const [person, home] of [
    ['clinician', '/demo/patients'],
    ['patient', '/demo/record'],
  ] as const) {
    const page = await as(browser, person, home);
    for (const path of ['/demo/admin/audit', '/demo/admin/audit/1']) {
      expect((await page.goto(path))?.status()).toBe(403);
      await expect(page.getByRole('table')).toHaveCount(0);
    }
  }
  const stranger = await as(browser, 'stranger', '/riverside/patients');
  expect((await stranger.goto('/demo/admin/audit'))?.status()).toBe(403);
});

test('the log keeps the rules of WCAG 2.2 AA in both themes, on a desk and on a phone', async ({ browser }) => {
  await readInApp(browser);
  const page = await as(browser, 'admin', '/demo/admin/audit');
  const event = await page.getByRole('table', { name: 'Audit events' }).getByRole('link').first().getAttribute('href');
  for (const path of ['/demo/admin/audit', '/demo/admin/audit?user=nobody', '/demo/admin/audit?from=x', event ?? '']) {
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect([path, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([path, []]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect([path, width, overflow]).toEqual([path, width, false]);
    }
  }
});
