/**
 * The EHR opens an outside system, which asks a CDS service, and opens the app behind its card for the same patient.
 */
import { expect, type Page, test } from '@playwright/test';
import { signIn } from './fixtures/people.ts';

/** Opens the console from a chart, and allows all scopes that it requests. */
async function openConsole(page: Page, patient: string): Promise<Page> {
  await page.goto(`/demo/patients/${patient}`);
  const opened = page.context().waitForEvent('page');
  await page
    .getByRole('region', { name: 'Apps' })
    .getByRole('button', { name: /^Launch CDS Console/ })
    .click();
  const console = await opened;
  await console.getByRole('button', { name: 'Allow' }).click();
  await expect(console.getByRole('heading', { name: 'Advice of the CDS services' })).toBeVisible();
  return console;
}

test('the card in the console opens the chart app for its patient, with the appContext of the card', async ({
  page,
}) => {
  await signIn(page, 'clinician', '/demo/patients');
  const console = await openConsole(page, 'BILIBABY');
  await expect(console.getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
  const card = console.getByRole('article', { name: /^Bilirubin .* risk zone/ });
  await expect(card).toContainText('Newborn bilirubin (sample)');

  const registered = console.waitForResponse((response) => response.url().endsWith('/_services/smart/Launch'));
  const opened = console.context().waitForEvent('page');
  await card.getByRole('button', { name: 'Open the bilirubin chart' }).click();
  const launch = await (await registered).json();
  expect(launch).toMatchObject({
    launch_id: expect.any(String),
    created_by: 'cds_console',
    username: 'clinician',
    parameters: { patient: 'BILIBABY', appContext: expect.stringContaining('newborn-bilirubin') },
  });

  const app = await opened;
  await expect(app.getByRole('heading', { name: 'Bilirubin by hours of life' })).toBeVisible();
  await expect(app.getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
  await expect(app.getByText('Opened with the app context')).toContainText(launch.parameters.appContext);

  // The console still has its own patient and its own token.
  await console.reload();
  await expect(console.getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
  await expect(console.getByRole('article', { name: /^Bilirubin/ })).toBeVisible();
});

test('two consoles keep their own patients while their apps are open', async ({ page }) => {
  await signIn(page, 'clinician', '/demo/patients');
  const first = await openConsole(page, 'BILIBABY');
  const opened = first.context().waitForEvent('page');
  await first.getByRole('button', { name: 'Open the bilirubin chart' }).click();
  const app = await opened;
  await expect(app.getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
  const second = await openConsole(page, 'maria-gonzalez');
  await expect(second.getByText('The services have no advice about this patient.')).toBeVisible();
  await first.reload();
  await expect(first.getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
  await app.reload();
  await expect(app.getByRole('region', { name: 'Patient' })).toContainText('Kowalczyk');
});

test("the console's token registers no launch for another patient", async ({ page }) => {
  await signIn(page, 'clinician', '/demo/patients');
  await page.goto('/demo/patients/BILIBABY');
  const request = page.context().waitForEvent('request', (sent) => sent.url().includes('/fhir/Patient/BILIBABY'));
  const console = await openConsole(page, 'BILIBABY');
  const { authorization = '' } = await (await request).allHeaders();
  const answer = await console.request.post('/demo/fhir/_services/smart/Launch', {
    headers: { authorization },
    data: { client_id: 'bilirubin_chart', parameters: { patient: 'maria-gonzalez' } },
  });
  expect(answer.status()).toBe(403);
});
