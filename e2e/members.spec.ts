/** Members: added with a password shown once, changed, and removed with everything that apps held for them. */
import { expect, type Page, test } from '@playwright/test';
import { acceptedGuest, choosePassword, enter, removeMember, signIn } from './fixtures/people.ts';

const local = () => `m${Date.now().toString(36)}`;

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

  const parent = await enter(browser, { username: `${username}@demo`, password }, '/demo');
  await choosePassword(parent, password, 'a password of my own');
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
  await removeMember(page, /Anna Kowalczyk/);
  await parent.goto('/demo/record');
  await expect(parent.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await parent.context().close();
});

test('somebody of another sandbox is invited by name, and enters when they accept', async ({ page, browser }) => {
  const guest = await acceptedGuest(page, browser, 'hasty');
  await guest.getByRole('link', { name: 'Lakeside General Hospital' }).click();
  await expect(guest.getByRole('heading', { level: 1, name: 'Patients' })).toBeVisible();
  await guest.context().close();
  await page.goto('/demo/admin/members');
  await removeMember(page, /hasty/);
});

test('the last administrator stays', async ({ page }) => {
  await signIn(page, 'admin', '/demo/admin/members');
  await page.getByRole('button', { name: 'Remove Morgan Reyes' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove member' }).click();
  await expect(page.getByText('Nobody was removed')).toBeVisible();
});
