import { expect, test } from '@playwright/test';
import { addressesOf } from './fixtures/addresses.ts';
import { signIn } from './fixtures/people.ts';

const adminPages = addressesOf('page.tsx').filter((path) => /^\/demo\/admin(\/|$)/.test(path));

test('the administration pages are found', () => {
  expect(adminPages.length).toBeGreaterThan(15);
});

for (const person of ['clinician', 'patient', 'stranger'] as const) {
  test(`a ${person} is refused on every administration page`, async ({ page }) => {
    await signIn(page, person, '/');
    for (const path of adminPages) {
      const answer = await page.request.get(path);
      expect(answer.status(), path).toBe(403);
      expect(await answer.text(), path).not.toContain('Bilirubin Chart');
    }
    expect((await page.goto('/demo/admin'))?.status()).toBe(403);
    await expect(page.getByRole('link', { name: /^Registered SMART apps/ })).toHaveCount(0);
  });
}

test('nobody signed out sees an administration page', async ({ page }) => {
  for (const path of adminPages) {
    const answer = await page.request.get(path);
    expect(answer.url(), path).toContain('/sign-in');
    expect(await answer.text(), path).not.toContain('Bilirubin Chart');
  }
  await page.goto('/demo/admin');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
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

test('an administrator rotates the signing keys, and the old ones stay published', async ({ page }) => {
  await signIn(page, 'admin', '/demo/admin/keys');
  const kids = async () => {
    const { keys } = await (await page.request.get('/demo/oauth/jwks')).json();
    return keys.map(({ kid }: { kid: string }) => kid) as string[];
  };
  const before = await kids();
  await page.getByRole('button', { name: 'Rotate keys' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Rotate keys' }).click();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  const old = page.getByRole('row').filter({ hasText: before[0] ?? 'no key' });
  await expect(old).toContainText('Only verifies');
  const after = await kids();
  expect(after).toHaveLength(before.length + 2);
  expect(after).toEqual(expect.arrayContaining(before));
});
