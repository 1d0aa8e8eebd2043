/** What browsers are told to allow: every answer says it, and no page of ours needs more than it may have. */
import { request as http } from 'node:http';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { addressesOf } from './fixtures/addresses.ts';
import { authorizeUrl } from './fixtures/launches.ts';
import { type Person, signIn } from './fixtures/people.ts';

const pages = addressesOf('page.tsx');
const elsewhere = [
  '/nowhere/at/all',
  '/no-sandbox/patients',
  '/demo/fhir/nothing/x/y',
  '/demo/oauth/nothing',
  '/demo/oauth/session/end',
  '/_next/static/nothing.js',
  '/_next/image?url=x',
  '/_next/data/x.json',
  '/icon.svg',
  '/samples/bilirubin-chart.svg',
  '/schema/nothing.json',
  '/api/nothing',
  '/api/auth/signin',
  '/api/auth/signout',
  '/%ff',
  '/%00',
  '/demo//patients',
];

interface Told {
  status: number;
  headers: Record<string, string | string[] | undefined>;
}

function ask(base: string, path: string, method: string, cookie: string): Promise<Told> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = http({ hostname, port, path, method, headers: { cookie, accept: 'text/html' } }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('every answer says who may frame it, and keeps to itself what its window is', async ({ page, baseURL }) => {
  test.slow();
  expect(pages.length).toBeGreaterThan(30);
  await signIn(page, 'admin', '/demo/admin/apps');
  const cookies = await page.context().cookies();
  const signedIn = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const statuses = new Set<number>();
  for (const address of [...pages, ...addressesOf('route.ts'), ...elsewhere]) {
    for (const [method, cookie] of [
      ['GET', ''],
      ['GET', signedIn],
      ['POST', signedIn],
      ['TRACE', ''],
    ] as const) {
      const { status, headers } = await ask(baseURL ?? '', address, method, cookie);
      const where = `${method} ${address} ${status}`;
      expect([headers['content-security-policy']].flat(), where).toHaveLength(1);
      expect(headers['content-security-policy'], where).toMatch(/frame-ancestors '(self|none)'/);
      expect(headers['content-security-policy'], where).not.toMatch(/script-src[^;]*'unsafe/);
      expect(headers['cross-origin-opener-policy'], where).toMatch(
        /^(same-origin|same-origin-allow-popups|unsafe-none)$/,
      );
      expect(headers['permissions-policy'], where).toContain('camera=');
      expect(headers['x-content-type-options'], where).toBe('nosniff');
      statuses.add(status);
    }
  }
  for (const status of [200, 303, 307, 400, 404, 405]) expect([...statuses]).toContain(status);
});

/** Opens pages in a tab that notes what their policies stopped. */
async function watchedPage(context: BrowserContext): Promise<{ page: Page; stopped: string[] }> {
  const page = await context.newPage();
  const stopped: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Permissions policy/i.test(message.text()))
      stopped.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => stopped.push(`${page.url()}: ${error.message}`));
  return { page, stopped };
}

const visits: readonly [Person, string[]][] = [
  ['admin', pages],
  [
    'clinician',
    ['/demo/patients', '/demo/patients/BILIBABY', '/demo/patients/maria-gonzalez', '/demo/apps', '/demo/access'],
  ],
  ['patient', ['/', '/demo/record', '/demo/apps', '/demo/access']],
];

for (const [person, addresses] of visits) {
  test(`no page needs more than its policy lets it have: ${person}`, async ({ context, baseURL }) => {
    test.slow();
    const { page, stopped } = await watchedPage(context);
    await signIn(page, person, person === 'patient' ? '/demo/record' : '/demo/scenarios');
    for (const address of [...addresses, '/nowhere', '/demo/cds/nothing', '/schema/nothing']) {
      await page.goto(address);
      // The scripts of the page run: Next marks where it has taken over.
      await page.waitForFunction(() => 'next' in window);
    }
    const scope = 'openid launch/patient patient/Patient.rs';
    await page.goto(authorizeUrl(baseURL ?? '', { prompt: 'consent', scope }));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(stopped).toEqual([]);
  });
}

test('the plain pages of the authorization server have their style, and nothing is stopped', async ({ context }) => {
  const { page, stopped } = await watchedPage(context);
  for (const address of ['/demo/oauth/authorize?client_id=x', '/demo/oauth/session/end']) {
    await page.goto(address);
    await expect(page.getByRole('main')).toHaveCSS('display', 'flex');
  }
  expect(stopped).toEqual([]);
});

test('a script that stands in a page without its nonce does not run', async ({ page }) => {
  const answered: string[] = [];
  await page.route('**/nowhere', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('</body>', '<script>window.attacked = 1</script></body>');
    answered.push(body);
    await route.fulfill({ response, body });
  });
  await page.goto('/nowhere');
  await expect(page.getByRole('link', { name: 'Go to your sandboxes' })).toBeVisible();
  expect(answered.join()).toContain('window.attacked');
  expect(await page.evaluate(() => [(window as { attacked?: number }).attacked, 'next' in window])).toEqual([
    undefined,
    true,
  ]);
  // Nor is a text run as a script. It is tried later, as what Playwright evaluates is exempt.
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
    script.text = 'setTimeout(() => { try { eval("1"); outcome = "run" } catch (error) { outcome = error.name } })';
    document.body.append(script);
  });
  await page.waitForFunction(() => 'outcome' in window);
  expect(await page.evaluate(() => (window as { outcome?: string }).outcome)).toBe('EvalError');
});

test('a bundled app goes to no FHIR server that it was not set up for', async ({ page }) => {
  const left: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== 'localhost') left.push(request.url());
  });
  await page.goto('/samples/bilirubin-chart/launch?iss=http://127.0.0.1:9/fhir&launch=x');
  await expect(page.getByText('This app does not know the EHR that launched it')).toBeVisible();
  await expect(page.getByText('http://127.0.0.1:9/fhir')).toBeVisible();
  expect(left).toEqual([]);
  // Nor could a script in it go there.
  const refused = page.waitForEvent('console', (message) => /connect-src/.test(message.text()));
  expect(await page.evaluate(() => fetch('http://127.0.0.1:9/').then(String, (error) => error.message))).toBe(
    'Failed to fetch',
  );
  expect((await refused).type()).toBe('error');
});
