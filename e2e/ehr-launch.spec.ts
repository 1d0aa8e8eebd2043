import { expect, type Page, test } from '@playwright/test';
import { fillSignIn, people, signIn } from './fixtures/people.ts';

/** Opens an app from a chart: one click, a new tab. */
async function launchFromChart(page: Page, patient: string, app: string): Promise<Page> {
  await page.goto(`/demo/patients/${patient}`);
  const opened = page.context().waitForEvent('page');
  await page
    .getByRole('region', { name: 'Apps' })
    .getByRole('button', { name: new RegExp(`^Launch ${app}`) })
    .click();
  return opened;
}

test("the bilirubin chart opens from BILIBABY's chart in one click and shows her values", async ({ page }) => {
  await signIn(page, 'clinician', '/demo/patients');
  const app = await launchFromChart(page, 'BILIBABY', 'Bilirubin Chart');
  await expect(app.getByRole('heading', { name: 'Bilirubin by hours of life' })).toBeVisible();
  await expect(app.getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
  const rows = app.getByRole('table', { name: 'Total bilirubin values' }).getByRole('row');
  expect(await rows.count()).toBeGreaterThan(10);
  await expect(app.getByRole('figure', { name: 'Hour-specific nomogram' })).toBeVisible();
  await expect(app.getByRole('banner')).toContainText('Signed in as Dr. Grace Chen');
  expect(app.url()).not.toContain('code=');
});

test('the clinic day opens from the gallery without a patient', async ({ page, context }) => {
  await signIn(page, 'clinician', '/demo/apps');
  const opened = context.waitForEvent('page');
  await page.getByRole('article', { name: 'Clinic Day' }).getByRole('button', { name: 'Launch Clinic Day' }).click();
  const app = await opened;
  await app.getByRole('button', { name: 'Allow' }).click();
  await expect(app.getByRole('group', { name: 'Day' })).toBeVisible();
  const appointments = app.getByRole('table', { name: 'Appointments' });
  await expect(appointments.or(app.getByText(/^No appointments on this day/))).toBeVisible();
});

test('a launch from the gallery asks for the patient, and an encounter may be chosen', async ({ page, context }) => {
  await signIn(page, 'clinician', '/demo/apps');
  await page.getByRole('button', { name: 'Launch Bilirubin Chart' }).click();
  await page.getByRole('combobox', { name: 'Patient' }).fill('kowal');
  await page.getByRole('option', { name: /Kowalczyk, Lily/ }).click();
  await expect(page.getByRole('group', { name: 'Encounter' })).toBeVisible();
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Launch in new tab' }).click();
  await expect((await opened).getByRole('heading', { name: 'Bilirubin by hours of life' })).toBeVisible();
});

test('the same app opened twice for two patients keeps two contexts', async ({ page }) => {
  await signIn(page, 'clinician', '/demo/patients');
  const first = await launchFromChart(page, 'BILIBABY', 'Bilirubin Chart');
  await expect(first.getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
  const second = await launchFromChart(page, 'noah-nguyen', 'Bilirubin Chart');
  await expect(second.getByRole('region', { name: 'Patient' })).toContainText('Nguyen');
  await first.reload();
  await expect(first.getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
  await second.reload();
  await expect(second.getByRole('region', { name: 'Patient' })).toContainText('Nguyen');
});

test('who is not signed in signs in on the way, and is asked nothing more', async ({ page }) => {
  await page.goto('/demo/patients/BILIBABY');
  await fillSignIn(page, people.clinician);
  await expect(page.getByRole('heading', { name: /Kowalczyk/ })).toBeVisible();
});
