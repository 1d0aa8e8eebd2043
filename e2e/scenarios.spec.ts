/** Launches that are made up once and opened by one click or by their link: in a tab, in a window, inside the EHR. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { people, signIn } from './fixtures/people.ts';

const chart = 'Bilirubin by hours of life';

async function makeScenario(page: Page, name: string, choose: () => Promise<void>): Promise<void> {
  await page.goto('/demo/admin/scenarios/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('combobox', { name: 'App', exact: true }).selectOption({ label: 'Bilirubin Chart' });
  await page.getByRole('combobox', { name: 'Patient, if any' }).fill('Kowalczyk');
  await page
    .getByRole('option', { name: /Kowalczyk/ })
    .first()
    .click();
  await choose();
  await page.getByRole('button', { name: 'Save scenario' }).click();
  await expect(page.getByRole('article', { name })).toBeVisible();
}

test('an administrator saves a launch, and its link opens the app for the user and patient that it names', async ({
  page,
  browser,
}) => {
  await signIn(page, 'admin', '/demo/scenarios');
  await makeScenario(page, 'Doctor looks at the baby', async () => {
    await page.getByRole('combobox', { name: 'User', exact: true }).selectOption('clinician');
    await page.getByLabel('appContext').fill('from-a-scenario');
  });
  const card = page.getByRole('article', { name: 'Doctor looks at the baby' });
  await expect(card).toContainText('Kowalczyk');
  await expect(card.getByRole('button', { name: 'Launch Doctor looks at the baby' })).toBeDisabled();
  const link = '/demo/scenarios/doctor-looks-at-the-baby/launch';
  await expect(card).toContainText(link);

  // Its link, for somebody who is signed in as another user.
  await page.goto(link);
  await expect(page.getByText('This scenario is for Dr. Grace Chen, and you are Morgan Reyes')).toBeVisible();
  await page.getByRole('link', { name: 'Sign in as clinician' }).click();
  await expect(page.getByLabel('Username')).toHaveValue('clinician');

  // The same link in a browser where nobody is signed in.
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(new URL(link, page.url()).href);
  await other.getByLabel('Username').fill(people.clinician.username);
  await other.getByLabel('Password').fill(people.clinician.password);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other.getByRole('heading', { name: chart })).toBeVisible();
  await expect(other.getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
  await expect(other.getByText('Opened with the app context')).toContainText('from-a-scenario');

  // From now on it opens at once.
  await other.goto(new URL(link, page.url()).href);
  await expect(other.getByRole('heading', { name: chart })).toBeVisible();
  await elsewhere.close();
});

test('a click on a scenario opens its app in a tab or in a window of its own', async ({ page, context }) => {
  await signIn(page, 'admin', '/demo/scenarios');
  await makeScenario(page, 'In a window', async () => {
    await page.getByLabel('A window of its own').check();
  });
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Launch In a window' }).click();
  const app = await opened;
  await expect(app.getByRole('heading', { name: chart })).toBeVisible();
  expect(await app.evaluate(() => [window.opener !== null, window.innerWidth])).toEqual([true, 960]);
  await app.close();

  await page.getByRole('link', { name: 'Change In a window' }).click();
  await expect(page.getByLabel('A window of its own')).toBeChecked();
  await page.getByLabel('A new tab').check();
  await page.getByRole('button', { name: 'Save scenario' }).click();
  const tab = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Launch In a window' }).click();
  await expect((await tab).getByRole('heading', { name: chart })).toBeVisible();

  await page.getByRole('button', { name: 'Remove In a window' }).click();
  await page.getByRole('button', { name: 'Remove scenario' }).click();
  await expect(page.getByRole('article', { name: 'In a window' })).toHaveCount(0);
});

test('an app opens inside the EHR, and is launched again from there', async ({ page }) => {
  await signIn(page, 'clinician', '/demo/scenarios');
  await page.getByRole('link', { name: 'Launch The bilirubin chart inside the EHR' }).click();
  const app = page.frameLocator('iframe[title="Bilirubin Chart"]');
  await expect(app.getByRole('heading', { name: chart })).toBeVisible();
  await page.getByRole('button', { name: 'Launch again' }).click();
  await expect(app.getByRole('heading', { name: chart })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  expect(violations).toEqual([]);
  await page.getByRole('link', { name: 'Lakeside General Hospital' }).click();
  await expect(page.getByRole('heading', { name: 'Scenarios' })).toBeVisible();
});
