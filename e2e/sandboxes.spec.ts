/** Sandboxes are made, used, reset and deleted in the browser, while the server keeps running. */
import { expect, type Page, test } from '@playwright/test';
import { signIn } from './fixtures/people.ts';

const unique = () => `made-${Date.now().toString(36)}`;

async function make(page: Page, slug: string, patients: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: 'New sandbox' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(`Sandbox ${slug}`);
  await page.getByRole('textbox', { name: 'Address' }).fill(slug);
  await page.getByRole('textbox', { name: 'Patients' }).fill(patients);
  await page.getByRole('button', { name: 'Make sandbox' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your sandboxes' })).toBeVisible();
}

async function confirm(page: Page, button: string, slug: string, confirmation: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: confirmation })).toBeDisabled();
  await dialog.getByLabel(`Type ${slug} to confirm`).fill(slug);
  await dialog.getByRole('button', { name: confirmation }).click();
}

test('an administrator makes a sandbox, works in it at once, resets and deletes it', async ({ page }) => {
  const slug = unique();
  await signIn(page, 'admin', '/');
  await make(page, slug, '3');
  await expect(page.getByRole('progressbar', { name: `Data of Sandbox ${slug}` })).toBeHidden();
  await page.getByRole('link', { name: `Sandbox ${slug}` }).click();
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(4);
  expect((await page.request.get(`/${slug}/fhir/metadata`)).status()).toBe(200);

  await page.goto(`/${slug}/admin/settings`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Another name');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('The settings are saved')).toBeVisible();
  await confirm(page, 'Reset Another name', slug, 'Reset sandbox');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await page.goto(`/${slug}/admin/settings`);
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(`Sandbox ${slug}`);

  await confirm(page, `Delete Sandbox ${slug}`, slug, 'Delete sandbox');
  await expect(page.getByRole('heading', { level: 1, name: 'Your sandboxes' })).toBeVisible();
  await expect(page.getByRole('link', { name: `Sandbox ${slug}` })).toHaveCount(0);
  for (const path of ['', '/patients', '/admin', '/fhir/metadata', '/.well-known/openid-configuration']) {
    expect((await page.request.get(`/${slug}${path}`)).status(), path).toBe(404);
  }
  expect((await page.goto('/demo/patients'))?.status()).toBe(200);
});

test('a sandbox file is checked whole, and nothing is made of one with mistakes', async ({ page }) => {
  const slug = unique();
  const file = {
    slug,
    name: 'Uploaded',
    data: [{ resources: [{ resourceType: 'Patient', id: 'una', name: [{ family: 'Uploaded' }] }] }],
  };
  const choose = (content: object) =>
    page.getByRole('button', { name: 'Sandbox file' }).setInputFiles({
      name: 'mine.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(content)),
    });
  await signIn(page, 'admin', '/');
  await page.goto('/sandboxes/new');
  await page.getByRole('radio', { name: 'A sandbox file' }).check();
  await choose({ ...file, name: '', users: [{ username: 'admin' }], data: ['/etc/passwd'] });
  await page.getByRole('button', { name: 'Make sandbox' }).click();
  const problems = page.getByRole('main').getByRole('alert');
  await expect(problems).toContainText('mistakes in the file');
  await expect(problems).toContainText('$.users[0].password');
  await choose({ ...file, data: ['bundles/*.json'] });
  await page.getByRole('button', { name: 'Make sandbox' }).click();
  await expect(problems).toContainText('an uploaded sandbox file comes alone');
  expect((await page.request.get(`/${slug}/fhir/metadata`)).status()).toBe(404);
  await choose(file);
  await page.getByRole('button', { name: 'Make sandbox' }).click();
  await page.getByRole('link', { name: 'Uploaded' }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('link', { name: /Uploaded/ }).last()).toBeVisible({ timeout: 1000 });
  }).toPass();
});

for (const person of ['clinician', 'patient'] as const) {
  test(`a ${person} makes no sandbox`, async ({ page }) => {
    await signIn(page, person, '/');
    await expect(page.getByRole('link', { name: 'New sandbox' })).toHaveCount(0);
    expect((await page.goto('/sandboxes/new'))?.status()).toBe(403);
  });
}
