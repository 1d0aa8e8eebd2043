import { expect, type Page, test } from '@playwright/test';
import { fillSignIn, people, signIn } from './fixtures/people.ts';
import { type SmartApp, startSmartApp } from './fixtures/smart-app.ts';

const scope = 'launch/patient openid fhirUser patient/Patient.rs';
let app: SmartApp;

test.beforeAll(async () => {
  app = await startSmartApp({ clientId: `standalone_${Date.now()}`, scope });
});
test.afterAll(() => app.stop());

async function register(page: Page): Promise<void> {
  await signIn(page, 'admin', '/demo/admin/apps/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Standalone App');
  await page.getByRole('textbox', { name: 'Client id' }).fill(app.clientId);
  await page.getByRole('textbox', { name: 'Redirect URIs' }).fill(app.redirectUri);
  await page.getByRole('textbox', { name: 'Other scopes' }).fill(scope);
  await page.getByRole('button', { name: 'Register app' }).click();
  await expect(page.getByText('Standalone App is registered')).toBeVisible();
  await page.context().clearCookies();
}

test('an app started outside the EHR lets the clinician sign in and choose the patient', async ({ page, baseURL }) => {
  await register(page);
  await page.goto(`${app.launchUri}?iss=${baseURL}/demo/fhir`);
  await fillSignIn(page, people.clinician);
  await page.getByLabel('Name').fill('larss');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('button', { name: /^Larsson, Emma/ }).click();
  await expect(page.getByRole('main')).toContainText('Larsson');
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('heading', { name: 'Emma Charlotte Larsson' })).toBeVisible();

  await page.context().clearCookies();
  await page.goto(`${app.launchUri}?iss=${baseURL}/demo/fhir`);
  await fillSignIn(page, people.patient);
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('heading', { name: 'Emma Charlotte Larsson' })).toBeVisible();
});

test('a patient sees their own record and nobody else in the EHR', async ({ page }) => {
  await signIn(page, 'patient', '/demo/record');
  await expect(page.getByRole('heading', { name: 'Larsson, Emma Charlotte' })).toBeVisible();
  await page.goto('/demo/patients');
  await expect(page).toHaveURL(/\/demo\/record$/);
  const answer = await page.goto('/demo/patients/BILIBABY');
  expect(answer?.status()).toBe(404);
});
