/** Members: added with a password shown once, changed, and removed with everything that apps held for them. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import { choosePassword, signIn } from './fixtures/people.ts';

const local = () => `m${Date.now().toString(36)}`;

/**
 * Opens a new browser context, in which somebody signs in with the password that the administrator handed over, and
 * changes it.
 */
async function enter(browser: Browser, username: string, password: string, path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(path);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await choosePassword(page, password, 'a password of my own');
  return page;
}

async function pick(page: Page, label: string, text: string, name: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(text);
  await page.getByRole('option', { name }).click();
  await expect(page.getByRole('list', { name: label })).toContainText(name);
}

test('a parent is added, sees their child’s record, launches an app for it, and is removed', async ({
  page,
  browser,
}) => {
  const username = local();
  await signIn(page, 'admin', '/demo/admin/members');
  await page.getByRole('link', { name: 'Add member' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Anna Kowalczyk');
  await page.getByRole('textbox', { name: 'Username' }).fill(username);
  await page.getByRole('radio', { name: 'Patient', exact: true }).check();
  await page.getByRole('button', { name: 'Add member' }).click();
  await expect(page.getByText('A patient needs a record')).toBeVisible();
  await page.getByRole('checkbox', { name: /^Make a new patient record/ }).check();
  await pick(page, 'Acts for', 'kowal', /Kowalczyk, Lily/);
  await page.getByRole('button', { name: 'Add member' }).click();
  await expect(page.getByText('Anna Kowalczyk is a member now')).toBeVisible();
  const [, password = ''] = await page.locator('code').allTextContents();

  const parent = await enter(browser, `${username}@demo`, password, '/demo');
  const records = parent.getByRole('navigation', { name: 'Records' });
  await expect(records.getByRole('link')).toHaveCount(2);
  await records.getByRole('link', { name: /Lily/ }).click();
  await expect(parent.getByRole('heading', { level: 1, name: /Kowalczyk, Lily/ })).toBeVisible();
  await expect(parent.getByRole('link', { name: 'Administration' })).toHaveCount(0);
  expect((await parent.request.get('/demo/patients/maria-gonzalez')).status()).toBe(404);
  const tab = parent.context().waitForEvent('page');
  await parent.getByRole('button', { name: /^Launch Bilirubin Chart/ }).click();
  await expect((await tab).getByRole('figure', { name: 'Hour-specific nomogram' })).toBeVisible();

  await page.getByRole('link', { name: 'Go to the members' }).click();
  await page.getByRole('button', { name: 'Remove Anna Kowalczyk' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove member' }).click();
  await expect(page.getByRole('row', { name: /Anna Kowalczyk/ })).toHaveCount(0);
  await parent.goto('/demo/record');
  await expect(parent.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await parent.context().close();
});

test('somebody of another sandbox is invited by name, and enters when they accept', async ({ page, browser }) => {
  await signIn(page, 'admin', '/demo/admin/members/new');
  await page.getByRole('radio', { name: 'An account that exists' }).check();
  await page.getByRole('textbox', { name: 'Username' }).fill('hasty');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByText('hasty is invited')).toBeVisible();
  const guest = await (await browser.newContext()).newPage();
  await signIn(guest, 'hasty', '/');
  await guest.getByRole('button', { name: 'Accept: Lakeside General Hospital' }).click();
  await guest.getByRole('link', { name: 'Lakeside General Hospital' }).click();
  await expect(guest.getByRole('heading', { level: 1, name: 'Patients' })).toBeVisible();
  await guest.context().close();
  await page.goto('/demo/admin/members');
  const row = page.getByRole('row', { name: /hasty/ });
  await row.getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove member' }).click();
  await expect(row).toHaveCount(0);
});

test('the last administrator stays', async ({ page }) => {
  await signIn(page, 'admin', '/demo/admin/members');
  await page.getByRole('button', { name: 'Remove Morgan Reyes' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove member' }).click();
  await expect(page.getByText('Nobody was removed')).toBeVisible();
});
