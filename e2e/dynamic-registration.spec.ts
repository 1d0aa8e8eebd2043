/** Apps that register themselves: an administrator permits it, and sees the registered apps. */
import { expect, type Page, test } from '@playwright/test';
import { authorizeUrl } from './fixtures/launches.ts';
import { signIn } from './fixtures/people.ts';

const registration = '/demo/admin/registration';
const endpoint = '/demo/oauth/register';

/** An app's client metadata, with a name that no other run has used. */
function app() {
  return { client_name: `Self-made ${Date.now()}`, redirect_uris: ['https://self.example/callback'] };
}

async function allow(page: Page, who: string, outcome: string): Promise<void> {
  await page.goto(registration);
  await page.getByRole('radio', { name: who, exact: true }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(outcome)).toBeVisible();
}

test.beforeEach(({ page }) => signIn(page, 'admin', '/demo/admin'));

test('an app registers itself with a token, and its registration can be changed and the token revoked', async ({
  page,
  request,
}) => {
  const team = `Team ${Date.now()}`;
  await page.getByRole('link', { name: 'Dynamic registration' }).click();
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByLabel('Label').fill(team);
  await page.getByRole('button', { name: 'Make token' }).click();
  await expect(page.getByText('Copy the token now')).toBeVisible();
  const token = await page.getByRole('dialog').locator('code').textContent();
  await page.getByRole('button', { name: 'Done' }).click();

  const metadata = app();
  expect((await request.post(endpoint, { data: metadata })).status()).toBe(401);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await request.post(endpoint, { data: metadata, headers });
  expect(answer.status()).toBe(201);
  const { client_id, client_secret } = await answer.json();
  expect(client_secret).toBeTruthy();

  await page.goto('/demo/admin/apps');
  await expect(page.getByRole('row', { name: metadata.client_name })).toContainText('Registered itself');
  await page.getByRole('link', { name: `Edit ${metadata.client_name}` }).click();
  await page.getByLabel('Other origins').fill('https://spa.example/');
  await page.getByLabel('Access token lifetime').fill('10');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('must be an origin, without a path: https://spa.example.')).toBeVisible();
  await expect(page.getByText('must be a whole number of seconds from 60 to 86400.')).toBeVisible();
  await page.getByLabel('Other origins').fill('https://spa.example');
  await page.getByLabel('Access token lifetime').fill('600');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText(`${metadata.client_name} was changed.`)).toBeVisible();
  await page.goto(`/demo/admin/apps/${client_id}/edit`);
  await expect(page.getByLabel('Other origins')).toHaveValue('https://spa.example');
  await expect(page.getByLabel('Access token lifetime')).toHaveValue('600');

  await page.goto(registration);
  const row = page.getByRole('row', { name: team });
  await expect(row).toContainText('1');
  await row.getByRole('button', { name: `Revoke ${team}` }).click();
  await page.getByRole('button', { name: 'Revoke token' }).click();
  await expect(page.getByRole('row', { name: team })).toHaveCount(0);
  expect((await request.post(endpoint, { data: metadata, headers })).status()).toBe(401);
});

test('registration is opened and closed', async ({ page, request }) => {
  await allow(page, 'Open', 'Every app can register itself');
  const registered = await request.post(endpoint, { data: { ...app(), token_endpoint_auth_method: 'none' } });
  expect(registered.status()).toBe(201);
  const { client_id, redirect_uris } = await registered.json();
  const [redirect_uri] = redirect_uris;
  await page.goto(
    authorizeUrl(new URL(page.url()).origin, { client_id, redirect_uri, scope: 'openid', prompt: 'consent' }),
  );
  await expect(page.getByText('This app registered itself')).toBeVisible();
  await expect(page.getByText('What you allow goes to self.example.')).toBeVisible();
  await allow(page, 'Off', 'Apps can no longer register themselves');
  expect((await request.post(endpoint, { data: app() })).status()).toBe(403);
  const { registration_endpoint } = await (await request.get('/demo/.well-known/openid-configuration')).json();
  expect(registration_endpoint).toBeUndefined();
  await allow(page, 'With an initial access token', 'Apps with an initial access token can register themselves');
  expect((await request.post(endpoint, { data: app() })).status()).toBe(401);
});
