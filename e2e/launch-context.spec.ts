import { expect, test } from '@playwright/test';
import { signIn } from './fixtures/people.ts';

test('whoever launches an app says more about it, and administrators find the launch and what it said', async ({
  page,
  context,
}) => {
  await signIn(page, 'admin', '/demo/patients');
  await page.goto('/demo/patients/BILIBABY');
  await page.getByRole('button', { name: 'Launch with more context: Bilirubin Chart' }).click();
  const dialog = page.getByRole('dialog', { name: 'Launch Bilirubin Chart' });
  await dialog.getByText('More context').click();
  await dialog.getByLabel('Intent').fill('review-bilirubin');
  await dialog.getByLabel('Other values').fill('{"ward": ');
  await dialog.getByRole('button', { name: 'Launch in new tab' }).click();
  await expect(dialog.getByText(/^This is not JSON/)).toBeVisible();
  await dialog.getByLabel('Other values').fill('{"ward": "3 West"}');
  const opened = context.waitForEvent('page');
  await dialog.getByRole('button', { name: 'Launch in new tab' }).click();
  const app = await opened;
  await expect(app.getByRole('heading', { name: 'Bilirubin by hours of life' })).toBeVisible();

  await page.goto('/demo/admin');
  await page.getByRole('link', { name: 'Launches' }).click();
  const row = page
    .getByRole('table', { name: 'Launches' })
    .getByRole('row')
    .filter({ hasText: 'Bilirubin Chart' })
    .first();
  await expect(row).toContainText('Kowalczyk');
  await expect(row).toContainText('Launch button');
  await expect(row).toContainText('Used');
  await row.getByRole('button', { name: /^Details of the launch/ }).click();
  const details = page.getByRole('dialog', { name: 'Launch of Bilirubin Chart' });
  await expect(details.getByRole('region', { name: 'Parameters' })).toContainText('"ward": "3 West"');
  await expect(details.getByRole('region', { name: 'Parameters' })).toContainText('"intent": "review-bilirubin"');
});

test('administrators withdraw a launch that nobody has used, and it opens nothing any more', async ({ page }) => {
  await signIn(page, 'admin', '/demo/patients');
  const origin = new URL(page.url()).origin;
  const answer = await page.request.post('/demo/launch', {
    form: { client_id: 'bilirubin_chart', patient: 'BILIBABY' },
    headers: { origin, 'sec-fetch-site': 'same-origin' },
    maxRedirects: 0,
  });
  await page.goto('/demo/admin/launches?status=pending');
  await page
    .getByRole('button', { name: /^Withdraw the launch of Bilirubin Chart/ })
    .first()
    .click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await page.goto(answer.headers().location ?? '');
  await expect(page.getByText(/withdrawn/)).toBeVisible();
});
