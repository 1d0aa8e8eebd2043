/** Launches that are saved, and opened by one click or by their link: in a tab, in a window, inside the EHR. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { page as pageOf, pages, startAppServer } from './fixtures/app-server.ts';
import { pkce } from './fixtures/launches.ts';
import { fillSignIn, people, signIn } from './fixtures/people.ts';
import { registerApp } from './fixtures/registration.ts';

const chart = 'Bilirubin by hours of life';

async function makeScenario(
  page: Page,
  name: string,
  choose: () => Promise<void>,
  app = 'Bilirubin Chart',
): Promise<void> {
  await page.goto('/demo/admin/scenarios/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('combobox', { name: 'App', exact: true }).selectOption({ label: app });
  await page.getByRole('combobox', { name: 'Patient, if any' }).fill('Kowalczyk');
  await page
    .getByRole('option', { name: /Kowalczyk/ })
    .first()
    .click();
  await choose();
  await page.getByRole('button', { name: 'Save scenario' }).click();
  await expect(page.getByRole('article', { name })).toBeVisible();
}

test('what is wrong with a scenario is said beside its fields, until it is mended', async ({ page }) => {
  await signIn(page, 'admin', '/demo/admin/scenarios/new');
  await page.getByRole('button', { name: 'Save scenario' }).click();
  const sentence = page.getByText('Say what the scenario is called.');
  await expect(sentence).toBeVisible();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('One');
  await expect(sentence).toBeHidden();
  await expect(page.getByText('Choose the app.')).toBeVisible();
});

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

  // The link, opened by somebody who is signed in as another user.
  await page.goto(link);
  await expect(page.getByText('This scenario is for Dr. Grace Chen, and you are Morgan Reyes')).toBeVisible();
  await page.getByRole('link', { name: 'Sign in as clinician' }).click();
  await expect(page.getByLabel('Username')).toHaveValue('clinician');

  // The link in a browser where nobody is signed in.
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(new URL(link, page.url()).href);
  await fillSignIn(other, people.clinician);
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
  expect(await app.evaluate(() => [window.opener !== null, window.innerWidth])).toEqual([false, 960]);
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

/** Pages of an app that stores nothing in the browser, since a frame in another site may not be allowed to. */
function framedApp(redirectUri: string): Record<string, [string, string]> {
  const { verifier, challenge } = pkce();
  const launch = `const { searchParams } = new URL(location.href);
    const base = searchParams.get('iss').replace('/fhir', '/oauth');
    location.replace(base + '/authorize?' + new URLSearchParams({
      response_type: 'code', client_id: 'framed-app', redirect_uri: '${redirectUri}', state: 'a state of the app',
      scope: 'launch patient/Patient.rs', aud: searchParams.get('iss'), launch: searchParams.get('launch'),
      code_challenge: '${challenge}', code_challenge_method: 'S256' }));`;
  const arrive = `const { searchParams } = new URL(location.href);
    const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: 'framed-app',
      code: searchParams.get('code'), redirect_uri: '${redirectUri}', code_verifier: '${verifier}' });
    fetch(searchParams.get('iss') + '/oauth/token', { method: 'POST', body }).then((answer) => answer.json())
      .then((token) => say('heading', 'Opened for ' + token.patient)).catch((error) => say('alert', error.message));`;
  return {
    '/launch': ['text/html', pageOf('Launching', launch)],
    '/': ['text/html', pageOf('Framed app', arrive)],
    '/fhir-client.js': ['text/javascript', ''],
  };
}

test('an app of another site opens inside the EHR, asks its user there, and gets its patient', async ({ page }) => {
  let found: ReturnType<typeof framedApp> = {};
  const { origin, stop } = await startAppServer(pages(() => found));
  found = framedApp(`${origin}/`);
  const addresses = { launchUri: `${origin}/launch`, redirectUri: `${origin}/` };
  const registration = { name: 'Framed App', clientId: 'framed-app', scope: 'launch patient/Patient.rs' };
  await registerApp(page, { ...registration, ...addresses });
  const choose = () => page.getByLabel('Inside the EHR', { exact: true }).check();
  await makeScenario(page, 'Framed from elsewhere', choose, 'Framed App');
  await page.goto('/demo/scenarios/framed-from-elsewhere/launch');
  await expect(page).toHaveURL(/\/framed-from-elsewhere\/frame$/);
  const frame = page.frameLocator('iframe[title="Framed App"]');
  await frame.getByRole('button', { name: 'Allow' }).click();
  await expect(frame.getByRole('heading', { name: /^Opened for \w+/ })).toBeVisible();
  await stop();
});
