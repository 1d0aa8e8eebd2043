import { expect, type Page, test } from '@playwright/test';
import { signIn } from './fixtures/people.ts';
import { type SmartApp, startSmartApp } from './fixtures/smart-app.ts';

const scope = 'launch openid fhirUser patient/Patient.rs';
let app: SmartApp;

test.beforeAll(async () => {
  app = await startSmartApp({ clientId: `outside_${Date.now()}`, scope });
});
test.afterAll(() => app.stop());

async function fillRegistration(
  page: Page,
  name: string,
  clientId: string,
  { launchUri, redirectUri } = app,
): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('textbox', { name: 'Client id' }).fill(clientId);
  await page.getByRole('textbox', { name: 'Launch URI' }).fill(launchUri);
  await page.getByRole('textbox', { name: 'Redirect URIs' }).fill(redirectUri);
}

async function register(page: Page, name: string, clientId: string, at = app): Promise<void> {
  await page.goto('/demo/admin/apps/new');
  await fillRegistration(page, name, clientId, at);
  await page.getByRole('textbox', { name: 'Other scopes' }).fill(scope);
  await page.getByRole('button', { name: 'Register app' }).click();
  await expect(page.getByText(`${name} is registered`)).toBeVisible();
}

test('an admin registers an app, finds it in the list and launches it with a patient', async ({ page, context }) => {
  await signIn(page, 'admin', '/demo/admin');
  await register(page, 'Outside App', app.clientId);
  await page.getByRole('link', { name: 'Go to the registered apps' }).click();
  await page.getByRole('button', { name: 'Launch Outside App' }).click();
  await page.getByRole('combobox', { name: 'Patient' }).fill('gonz');
  await page.getByRole('option', { name: /González, María Elena/ }).click();
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Launch in new tab' }).click();
  const tab = await opened;
  await expect(tab.getByRole('main')).toContainText('Outside App');
  await tab.getByRole('button', { name: 'Allow' }).click();
  await expect(tab.getByRole('heading', { name: 'María Elena González' })).toBeVisible();
  const said = JSON.parse((await tab.getByRole('status').textContent()) ?? '{}');
  expect(said).toMatchObject({ token_type: 'Bearer', patient: 'maria-gonzalez', need_patient_banner: true });
});

test('whoever denies is sent back to the app, which learns it', async ({ page, context }) => {
  const refused = await startSmartApp({ clientId: `refused_${Date.now()}`, scope });
  await signIn(page, 'admin', '/demo/admin');
  await register(page, 'Refused App', refused.clientId, refused);
  await page.goto('/demo/patients/BILIBABY');
  const opened = context.waitForEvent('page');
  await page
    .getByRole('region', { name: 'Apps' })
    .getByRole('button', { name: /^Launch Refused App/ })
    .click();
  const tab = await opened;
  await tab.getByRole('button', { name: 'Deny' }).click();
  await expect(tab.getByRole('alert')).toContainText(/denied/i);
  await refused.stop();
});

test('mistakes are shown beside their fields, and what was typed stays', async ({ page }) => {
  await signIn(page, 'admin', '/demo/admin/apps/new');
  await fillRegistration(page, 'Wrong App', 'bilirubin_chart');
  await page.getByRole('textbox', { name: 'Redirect URIs' }).fill('javascript:alert(1)');
  await page.getByRole('textbox', { name: 'Other scopes' }).fill('patient/Everything.please');
  await page.getByRole('button', { name: 'Register app' }).click();
  await expect(page.getByRole('textbox', { name: 'Redirect URIs' })).toHaveAccessibleDescription(
    /native app's scheme|must use https/,
  );
  await expect(page.getByRole('textbox', { name: 'Redirect URIs' })).toHaveValue('javascript:alert(1)');
  await expect(page.getByText('patient/Everything.please').first()).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Wrong App');

  await page.getByRole('textbox', { name: 'Redirect URIs' }).fill('https://app.example.org/callback');
  await page.getByRole('textbox', { name: 'Other scopes' }).fill(scope);
  await page.getByRole('button', { name: 'Register app' }).click();
  await expect(page.getByRole('textbox', { name: 'Client id' })).toHaveAccessibleDescription(/taken|already/);
});

test('a confidential client shows its secret once, and again a new one when it is rotated', async ({ page }) => {
  await signIn(page, 'admin', '/demo/admin/apps/new');
  await fillRegistration(page, 'Secret App', 'secret_app');
  await page.getByLabel('Confidential, with a secret').check();
  await page.getByRole('textbox', { name: 'Other scopes' }).fill(scope);
  await page.getByRole('button', { name: 'Register app' }).click();
  await expect(page.getByText('Secret App is registered')).toBeVisible();
  await expect(page.getByText(/^[\w-]{43}$/)).toBeVisible();
  await page.goto('/demo/admin/apps');
  await expect(page.getByText(/^[\w-]{43}$/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Replace secret of Secret App' }).click();
  await page.getByRole('button', { name: 'Replace secret', exact: true }).click();
  await expect(page.getByText(/^[\w-]{43}$/)).toBeVisible();
});

test('an app that is disabled cannot be launched, and one that is deleted is gone', async ({ page }) => {
  await signIn(page, 'admin', '/demo/admin');
  await register(page, 'Short-lived App', 'short_lived');
  await page.goto('/demo/admin/apps');
  await page.getByRole('button', { name: 'Disable Short-lived App' }).click();
  await expect(page.getByRole('button', { name: /^Launch Short-lived App: / })).toBeDisabled();
  await page.goto('/demo/apps');
  await expect(page.getByRole('article', { name: 'Short-lived App' })).toHaveCount(0);
  await page.goto('/demo/admin/apps');
  await page.getByRole('button', { name: 'Delete Short-lived App' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete app' }).click();
  await expect(page.getByText('short_lived')).toHaveCount(0);
});

test('an app is edited in the form that registered it', async ({ page }) => {
  await signIn(page, 'admin', '/demo/admin/apps');
  await page.getByRole('link', { name: 'Edit Clinic Day' }).click();
  await expect(page.getByRole('textbox', { name: 'Launch URI' })).toHaveValue('/samples/clinic-day/launch');
  await page.getByRole('textbox', { name: 'Description' }).fill('The day at a glance.');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.goto('/demo/apps');
  await expect(page.getByRole('article', { name: 'Clinic Day' })).toContainText('The day at a glance.');
});
