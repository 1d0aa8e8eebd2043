import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signIn } from './fixtures/people.ts';

const root = mkdtempSync(join(tmpdir(), 'ehr-sandbox-import-journey-'));
const folder = join(root, 'clinics');
const broken = join(
  folder,
  'fields/9_a-name-that-is-much-longer-than-any-column-of-a-table-would-like-it-to-be_<b>.json',
);

/** Writes files of clinics. Each clinic is part of one in another file, which it references by identifier. */
test.beforeAll(() => {
  mkdirSync(join(folder, 'fields'), { recursive: true });
  const identifier = [{ system: 'https://journey.example/clinics', value: 'main' }];
  write('hospitalInformation1.json', [{ resourceType: 'Organization', id: 'journey-main', name: 'Main', identifier }]);
  const partOf = { reference: 'Organization?identifier=https://journey.example/clinics|main' };
  for (let number = 1; number <= 8; number++) {
    const clinic = { resourceType: 'Organization', id: `journey-${number}`, name: `Clinic ${number}`, partOf };
    write(`fields/${number}.json`, [clinic]);
  }
  writeFileSync(broken, '{"resourceType": "Organization", "id": "journey-9", "name": ');
  writeFileSync(join(folder, 'README.txt'), 'not data');
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, resources: { resourceType: string; id: string; [element: string]: unknown }[]): void {
  const entry = resources.map(({ id, ...resource }) => ({
    fullUrl: `https://elsewhere.example/${id}`,
    resource: { ...resource, id },
    request: { method: 'POST', url: resource.resourceType },
  }));
  writeFileSync(join(folder, name), JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }));
}

const importPage = '/demo/admin/import';
const choose = (page: Page) => page.locator('input[type=file][aria-label="Choose a folder"]').setInputFiles(folder);
const progress = (page: Page) => page.getByRole('progressbar', { name: 'Import' });

/** Lets `free` requests with parts pass, and holds the others until the answered function is called. */
async function holdAfter(page: Page, free: number): Promise<() => Promise<void>> {
  let sent = 0;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/admin/import/part?*', async (route) => {
    sent += 1;
    if (sent > free) await held;
    await route.continue().catch(() => {});
  });
  return async () => {
    release();
    await page.unroute('**/admin/import/part?*');
  };
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
    expect(violations).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('a folder is imported with a pause, an interruption and a broken file, and goes on where it was', async ({
  page,
}) => {
  await signIn(page, 'admin', '/demo/admin');
  await page.getByRole('link', { name: 'Import and export' }).click();
  await expect(page.getByRole('heading', { name: 'Import and export' })).toBeVisible();
  await expectAccessible(page);

  const total = page.getByText(/^All [\d,]+ resources/);
  const before = (await total.textContent()) ?? '';
  const release = await holdAfter(page, 4);
  await choose(page);
  await expect(page.getByText('4 of 10', { exact: true })).toBeVisible();
  await expect(progress(page)).toHaveAttribute('aria-valuetext', /, 4 of 10 files$/);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('status')).toContainText('Paused');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.reload();
  await release();
  await expect(page.getByText('The last import is not finished')).toBeVisible();
  await expect(page.getByText(/^[45] of 10 files/)).toBeVisible();

  await choose(page);
  await expect(page.getByRole('status')).toContainText('Done, but for 1 file');
  await expect(progress(page)).toHaveAttribute('aria-valuenow', '100');
  await expect(total).not.toHaveText(before);
  const row = page.getByRole('row', { name: /is not JSON/ });
  await expect(row).toContainText('a-name-that-is-much-longer');
  await expect(row).toContainText('_<b>.json');
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByText('The last import is done')).toBeVisible();
  await expect(row).toBeVisible();

  writeFileSync(broken, JSON.stringify({ resourceType: 'Organization', id: 'journey-9', name: 'Ninth' }));
  await choose(page);
  await expect(page.getByRole('status')).toContainText('Everything is in.');
  await expect(page.getByText('10 of 10', { exact: true })).toBeVisible();
  await expect(page.getByText('Resources', { exact: true }).locator('..')).toContainText('1');
  await choose(page);
  await expect(page.getByRole('status')).toContainText('Everything was in already.');
});

test('a cancelled import keeps what went in', async ({ page }) => {
  await signIn(page, 'admin', importPage);
  for (let number = 1; number <= 3; number++) {
    writeFileSync(
      join(folder, `fields/${number}.json`),
      JSON.stringify({ resourceType: 'Organization', id: `journey-${number}`, name: `Clinic ${Date.now()}` }),
    );
  }
  const release = await holdAfter(page, 1);
  await choose(page);
  await expect(page.getByText('Passed over', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('status')).toContainText('Cancelled');
  await release();
  await page.reload();
  await expect(page.getByText('The last import is not finished')).toBeVisible();
});

test('what is no data is said to be none', async ({ page }) => {
  await signIn(page, 'admin', importPage);
  await page
    .locator('input[type=file][aria-label="Choose files"]')
    .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('x') });
  await expect(page.getByRole('alert').filter({ hasText: 'No data files' })).toBeVisible();
});

test('the buttons that open the dialogs are reached by keyboard', async ({ page }) => {
  await signIn(page, 'admin', importPage);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a folder' }).focus();
  await page.keyboard.press('Enter');
  expect((await chooser).isMultiple()).toBe(true);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeFocused();
});

test('everything is downloaded as one file of lines', async ({ page }) => {
  await signIn(page, 'admin', importPage);
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^demo-\d{4}-\d\d-\d\d\.ndjson$/);
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n');
  const names = lines.map((line) => JSON.parse(line)).map(({ resourceType, id }) => `${resourceType}/${id}`);
  expect(names).toContain('Organization/lakeside');
  expect(names).toContain('Patient/BILIBABY');
  expect(new Set(names).size).toBe(names.length);
});

test('a clinician and a stranger are refused', async ({ page, browser }) => {
  await signIn(page, 'clinician', '/demo/patients');
  expect((await page.goto(importPage))?.status()).toBe(403);
  expect((await page.request.get(`${importPage}/data`)).status()).toBe(403);
  const other = await browser.newPage();
  await signIn(other, 'stranger', '/riverside/patients');
  expect((await other.request.get(`${importPage}/data`)).status()).toBe(403);
  await other.close();
});
