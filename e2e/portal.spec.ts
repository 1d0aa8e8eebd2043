/** The pages of a patient: their record and the apps meant for them, and nothing of anybody else. */
import { expect, test } from '@playwright/test';
import { signIn } from './fixtures/people.ts';

test('a patient sees their own record and launches an app that is meant for patients', async ({ page }) => {
  await signIn(page, 'patient', '/');
  await page.goto('/demo');
  await expect(page).toHaveURL(/\/demo\/record$/);
  await expect(page.getByRole('heading', { level: 1, name: /Larsson, Emma/ })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Records' })).toHaveCount(0);
  const main = page.getByRole('navigation', { name: 'Main' });
  await expect(main.getByRole('link')).toHaveText(['My record', 'Apps']);
  await main.getByRole('link', { name: 'Apps' }).click();
  await expect(page.getByRole('article', { name: 'Bilirubin Chart' })).toBeVisible();
  await expect(page.getByRole('article', { name: 'Clinic Day' })).toHaveCount(0);
  await page.goto('/demo/record');
  const tab = page.context().waitForEvent('page');
  await page.getByRole('button', { name: /^Launch Bilirubin Chart/ }).click();
  await expect((await tab).getByText(/Larsson/).first()).toBeVisible();
});

test('a patient finds nobody else, by no address', async ({ page }) => {
  await signIn(page, 'patient', '/');
  expect((await page.goto('/demo/record?patient=BILIBABY'))?.status()).toBe(404);
  expect((await page.goto('/demo/patients/BILIBABY'))?.status()).toBe(404);
  await page.goto('/demo/patients');
  await expect(page).toHaveURL(/\/demo\/record$/);
  expect(await (await page.request.get('/demo/launch/patients?q=')).json()).toHaveLength(1);
});

test('staff has no portal', async ({ page }) => {
  await signIn(page, 'clinician', '/');
  await page.goto('/demo/record');
  await expect(page).toHaveURL(/\/demo\/patients$/);
});
