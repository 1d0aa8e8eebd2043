import { expect, test } from '@playwright/test';
import { signIn } from './fixtures/people.ts';

const adminPages = [
  '/demo/admin',
  '/demo/admin/apps',
  '/demo/admin/apps/new',
  '/demo/admin/apps/bilirubin_chart/edit',
  '/demo/admin/access',
];

for (const person of ['clinician', 'patient', 'stranger'] as const) {
  test(`a ${person} is refused on every administration page`, async ({ page }) => {
    await signIn(page, person, '/');
    for (const path of adminPages) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(403);
      await expect(page.getByText('Bilirubin Chart')).toHaveCount(0);
    }
  });
}

test('nobody signed out sees an administration page', async ({ page }) => {
  for (const path of adminPages) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  }
});

test('Administration has the OAuth2 Module with its two pages', async ({ page }) => {
  await signIn(page, 'admin', '/demo/admin');
  await expect(page.getByRole('heading', { name: 'Administration', level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'OAuth2 Module' })).toBeVisible();
  await page.getByRole('link', { name: /^Registered SMART apps/ }).click();
  await expect(page.getByRole('heading', { name: 'Registered SMART apps' })).toBeVisible();
  await page.goto('/demo/admin');
  await page.getByRole('link', { name: /^Register a SMART app/ }).click();
  await expect(page.getByRole('heading', { name: 'Register a SMART app' })).toBeVisible();
});
