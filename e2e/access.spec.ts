/** The lists of apps with access, who sees them, and the end of an app's access when somebody revokes it. */
import { expect, type Page, test } from '@playwright/test';
import { fillSignIn, type Person, people, signIn } from './fixtures/people.ts';
import { type SmartApp, startSmartApp } from './fixtures/smart-app.ts';

const scope = 'launch/patient openid fhirUser patient/Patient.rs offline_access';
const name = 'Revocable App';
let app: SmartApp;

test.beforeAll(async ({ browser }) => {
  app = await startSmartApp({ clientId: `revocable_${Date.now()}`, scope });
  const page = await browser.newPage();
  await signIn(page, 'admin', '/demo/admin/apps/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('textbox', { name: 'Client id' }).fill(app.clientId);
  await page.getByRole('textbox', { name: 'Redirect URIs' }).fill(app.redirectUri);
  await page.getByRole('textbox', { name: 'Other scopes' }).fill(scope);
  await page.getByRole('button', { name: 'Register app' }).click();
  await expect(page.getByText(`${name} is registered`)).toBeVisible();
  await page.context().close();
});
test.afterAll(() => app.stop());

/** Starts the app outside the EHR, allows it to see one patient, and answers the app's page. */
async function openApp(page: Page, person: Person, origin: string): Promise<Page> {
  await page.goto(`${app.launchUri}?iss=${origin}/demo/fhir`);
  await fillSignIn(page, people[person]);
  await page.getByLabel('Name').fill('larss');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('button', { name: /^Larsson, Emma/ }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('heading', { name: 'Emma Charlotte Larsson' })).toBeVisible();
  return page;
}

async function expectRefused(appPage: Page): Promise<void> {
  await appPage.reload();
  await expect(appPage.getByRole('alert')).toBeVisible();
  await expect(appPage.getByRole('heading')).toHaveCount(0);
}

test('a clinician sees what an app may do, ends it, and its next request is refused', async ({ page, baseURL }) => {
  const appPage = await openApp(await page.context().newPage(), 'clinician', baseURL ?? '');
  await page.goto('/demo/patients');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Apps with access' }).click();
  await expect(page.getByRole('heading', { name: 'Apps with access', level: 1 })).toBeVisible();

  const access = page.getByRole('region', { name });
  await expect(access.getByRole('link', { name: 'Larsson, Emma Charlotte' })).toBeVisible();
  await access.getByText('5 permissions').click();
  await expect(access.getByText('patient/Patient.rs', { exact: true })).toBeVisible();
  await access.getByRole('button', { name: /^Revoke/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  await appPage.reload();
  await expect(appPage.getByRole('heading', { name: 'Emma Charlotte Larsson' })).toBeVisible();

  await access.getByRole('button', { name: /^Revoke/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(access).toHaveCount(0);
  await expectRefused(appPage);
});

test("an administrator sees the access of everybody, and ends a clinician's", async ({ page, browser, baseURL }) => {
  const appPage = await openApp(await (await browser.newContext()).newPage(), 'clinician', baseURL ?? '');
  await signIn(page, 'admin', '/demo/admin');
  await page.getByRole('link', { name: 'Access of apps' }).click();
  await page.getByRole('combobox', { name: 'App' }).selectOption(name);
  await page.getByRole('combobox', { name: 'User' }).selectOption({ label: 'Dr. Grace Chen (clinician)' });
  await page.getByRole('button', { name: 'Filter' }).click();
  const row = page.getByRole('row').filter({ hasText: app.clientId });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('Dr. Grace Chen');
  await row.getByRole('button', { name: /^Revoke/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('No app has such access')).toBeVisible();
  await expectRefused(appPage);
  await appPage.context().close();
});
