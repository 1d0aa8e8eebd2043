import { expect, type Page, test } from '@playwright/test';
import { exportJWK, generateKeyPair } from 'jose';
import { fillSignIn, people } from './fixtures/people.ts';
import { launchFromChart, registerApp } from './fixtures/registration.ts';
import { startServerSideApp } from './fixtures/server-side-app.ts';
import { startSmartApp } from './fixtures/smart-app.ts';

const clinical = 'openid fhirUser patient/Patient.rs';

async function contextIn(tab: Page): Promise<Record<string, unknown>> {
  return JSON.parse((await tab.getByRole('status').textContent()) ?? '{}');
}

test('fhirclient is launched by the EHR, and refreshes its token for the same patient [SMART 352 365]', async ({
  page,
}) => {
  const scope = `launch offline_access ${clinical}`;
  const app = await startSmartApp({ clientId: `refreshing_${Date.now()}`, scope });
  await registerApp(page, {
    name: 'Refreshing App',
    clientId: app.clientId,
    scope,
    launchUri: app.launchUri,
    redirectUri: app.redirectUri,
  });
  const tab = await launchFromChart(page, 'BILIBABY', 'Refreshing App');
  await tab.getByRole('button', { name: 'Allow' }).click();
  await expect(tab.getByRole('heading')).toContainText('Kowalczyk');
  const before = await contextIn(tab);
  expect(before).toMatchObject({ patient: 'BILIBABY', token_type: 'Bearer', need_patient_banner: true });
  await tab.getByRole('button', { name: 'Refresh' }).click();
  await expect(tab.getByRole('heading')).toContainText('Kowalczyk');
  expect(await contextIn(tab)).toMatchObject({ patient: 'BILIBABY', scope: before.scope });
  await app.stop();
});

test('fhirclient starts by itself, and the user signs in and chooses the patient [SMART 353 363]', async ({
  page,
  baseURL,
}) => {
  const scope = `launch/patient offline_access ${clinical}`;
  const app = await startSmartApp({ clientId: `alone_${Date.now()}`, scope });
  await registerApp(page, { name: 'Lone App', clientId: app.clientId, redirectUri: app.redirectUri, scope });
  await page.context().clearCookies();
  await page.goto(`${app.launchUri}?iss=${baseURL}/demo/fhir`);
  await fillSignIn(page, people.clinician);
  await page.getByLabel('Name').fill('larss');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('button', { name: /^Larsson, Emma/ }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('heading')).toContainText('Larsson');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByRole('heading')).toContainText('Larsson');
  await app.stop();
});

for (const alg of ['ES384', 'RS384']) {
  test(`fhirclient signs with a key of its own, by ${alg} [SMART 297 310 357]`, async ({ page }) => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const named = { alg, kid: 'key-of-the-app' };
    const scope = `launch ${clinical}`;
    const clientPrivateJwk = { ...(await exportJWK(privateKey)), ...named, key_ops: ['sign'] };
    const app = await startSmartApp({ clientId: `signing_${alg}_${Date.now()}`, scope, clientPrivateJwk });
    await registerApp(page, {
      name: `Signing App ${alg}`,
      type: 'Confidential, with keys given here',
      scope,
      clientId: app.clientId,
      launchUri: app.launchUri,
      redirectUri: app.redirectUri,
      jwks: { keys: [{ ...(await exportJWK(publicKey)), ...named }] },
    });
    const tab = await launchFromChart(page, 'BILIBABY', `Signing App ${alg}`);
    await tab.getByRole('button', { name: 'Allow' }).click();
    await expect(tab.getByRole('heading')).toContainText('Kowalczyk');
    await app.stop();
  });
}

test('fhirclient in Node keeps its secret on its server, and refreshes [SMART 356 365]', async ({ page }) => {
  const scope = `launch offline_access ${clinical}`;
  const app = await startServerSideApp({ clientId: `server_${Date.now()}`, scope });
  const secret = await registerApp(page, {
    name: 'Server-side App',
    type: 'Confidential, with a secret',
    scope,
    clientId: app.registration.clientId,
    launchUri: app.launchUri,
    redirectUri: app.redirectUri,
  });
  expect(secret).toBeTruthy();
  app.registration = { ...app.registration, clientSecret: secret ?? '' };
  const tab = await launchFromChart(page, 'BILIBABY', 'Server-side App');
  await tab.getByRole('button', { name: 'Allow' }).click();
  await expect(tab.getByRole('heading')).toContainText('Kowalczyk');
  await expect(tab.getByRole('status')).toHaveText('refreshed');
  await app.stop();
});
