import { expect, type Page, test } from '@playwright/test';
import { authorizeUrl, pkce } from './fixtures/launches.ts';
import { fillSignIn, people, signIn } from './fixtures/people.ts';

const app = { client_id: `asking_${Date.now()}`, name: 'Asking App', registered: 'user/*.rs offline_access' };

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await signIn(page, 'admin', '/demo/admin/apps/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(app.name);
  await page.getByRole('textbox', { name: 'Client id' }).fill(app.client_id);
  await page.getByRole('textbox', { name: 'Redirect URIs' }).fill('/samples/bilirubin-chart/');
  await page.getByRole('textbox', { name: 'Other scopes' }).fill(app.registered);
  await page.getByRole('button', { name: 'Register app' }).click();
  await expect(page.getByText(`${app.name} is registered`)).toBeVisible();
  await page.close();
});

interface Opened {
  /** The authorization response at the app's redirect URI. */
  answer(): Promise<URLSearchParams>;
  verifier: string;
}

/** Opens the app outside the EHR, which leads to the authorization request; the page may then ask something. */
async function open(page: Page, scope: string, more: Record<string, string> = {}): Promise<Opened> {
  const { verifier, challenge } = pkce();
  const arrived = page.waitForRequest((request) => new URL(request.url()).pathname === '/samples/bilirubin-chart/');
  // Not every test waits for the response: some end on one of our pages.
  arrived.catch(() => {});
  await page.goto('/health');
  const changes = { client_id: app.client_id, scope, code_challenge: challenge, ...more };
  await page.goto(authorizeUrl(new URL(page.url()).origin, changes), { waitUntil: 'commit' });
  return { verifier, answer: async () => new URL((await arrived).url()).searchParams };
}

/** Exchanges the app's code, and answers the scopes that were granted. */
async function grantedTo(page: Page, { answer, verifier }: Opened): Promise<string> {
  const code = (await answer()).get('code') ?? '';
  const { origin } = new URL(page.url());
  const redirect_uri = `${origin}/samples/bilirubin-chart/`;
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri,
    client_id: app.client_id,
    code_verifier: verifier,
  };
  const response = await page.request.post(`${origin}/demo/oauth/token`, { form });
  expect(response.status()).toBe(200);
  return (await response.json()).scope;
}

const scopeBox = (page: Page, sentence: RegExp) => page.getByRole('checkbox', { name: sentence });

test('what a clinician wants remembered is not asked again, until the app asks for more', async ({ page }) => {
  await signIn(page, 'clinician', '/demo/patients');
  const first = await open(page, 'openid user/Patient.rs offline_access');
  await scopeBox(page, /^Keep its access for up to 90 days/).uncheck();
  await page.getByRole('checkbox', { name: 'Remember my answer' }).check();
  await page.getByRole('button', { name: 'Allow' }).click();
  expect(await grantedTo(page, first)).toBe('openid user/Patient.rs');

  const again = await open(page, 'openid user/Patient.read offline_access');
  expect(await grantedTo(page, again)).toBe('openid user/Patient.read');

  const more = await open(page, 'openid user/Patient.rs user/Condition.rs offline_access');
  await expect(page.getByText('The app asks for more than before')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'New' })).toHaveText(/^See problems and diagnoses/);
  await expect(scopeBox(page, /^Keep its access/)).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Remember my answer' })).toBeChecked();
  await page.getByRole('button', { name: 'Allow' }).click();
  expect(await grantedTo(page, more)).toBe('openid user/Patient.rs user/Condition.rs');

  const silent = await open(page, 'openid user/Condition.rs', { prompt: 'none' });
  expect(await grantedTo(page, silent)).toBe('openid user/Condition.rs');
});

test('whoever has an answer forgotten is asked again', async ({ page }) => {
  await signIn(page, 'clinician', '/demo/access');
  await page.getByRole('button', { name: `Forget my answer to ${app.name}` }).click();
  await expect(page.getByRole('button', { name: `Forget my answer to ${app.name}` })).toHaveCount(0);
  await open(page, 'openid user/Condition.rs');
  await expect(page.getByRole('heading', { name: `Allow ${app.name}?` })).toBeVisible();
});

test('another clinician at the same desk is asked anew', async ({ page }) => {
  await signIn(page, 'internist', '/demo/patients');
  await open(page, 'openid user/Patient.rs');
  await expect(page.getByRole('heading', { name: 'Allow Asking App?' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Remember my answer' })).not.toBeChecked();
});

test('who takes every tick away has refused, and the app is told so', async ({ page }) => {
  await signIn(page, 'internist', '/demo/patients');
  const { answer } = await open(page, 'openid user/Patient.rs');
  await page.getByRole('checkbox').first().waitFor();
  for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
  await page.getByRole('button', { name: 'Allow' }).click();
  expect((await answer()).get('error')).toBe('access_denied');
  expect((await answer()).get('error_description')).toMatch(/allowed nothing/);
});

test('an app asks which account to use, and another clinician takes over', async ({ page }) => {
  await signIn(page, 'clinician', '/demo/patients');
  await open(page, 'openid user/Patient.rs', { prompt: 'select_account' });
  await expect(page.getByRole('button', { name: 'Continue as Dr. Grace Chen' })).toBeVisible();
  await page.getByRole('link', { name: 'Use another account' }).click();
  await expect(page.getByText('Asking App lets you choose the account to use.')).toBeVisible();
  await fillSignIn(page, people.internist);
  await expect(page.getByRole('heading', { name: 'Allow Asking App?' })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('Grace Chen');
});

test('the sign-in page says for which app, and holds the username that the app suggests', async ({ page }) => {
  await open(page, 'openid user/Patient.rs', { login_hint: 'internist' });
  await expect(page.getByText('To go on to Asking App.')).toBeVisible();
  await expect(page.getByText('Lakeside General Hospital')).toBeVisible();
  await expect(page.getByLabel('Username')).toHaveValue('internist');
  expect(page.url()).not.toContain('internist');
  await page.getByLabel('Password').fill(people.internist.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Allow Asking App?' })).toBeVisible();
});

test('who signs out at the wish of an app is signed out of the EHR', async ({ page }) => {
  await signIn(page, 'clinician', '/demo/patients');
  await page.goto('/demo/oauth/session/end');
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  await page.goto('/demo/patients');
  await expect(page.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible();
  await page.goto('/demo/oauth/session/end');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'You have signed out' })).toBeVisible();
  await page.goto('/demo/patients');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
