/** Attacks that need a browser or the whole server: other sites' pages, forged addresses, scripts in displayed data. */
import { createServer, request as http, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { authorizeUrl } from './fixtures/launches.ts';
import { fillSignIn, people, signIn } from './fixtures/people.ts';

const script = '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>';

/** The server of another site: to a browser, 127.0.0.1 is another site than localhost. */
let evil: { origin: string; server: Server };
let evilPage = '';

test.beforeAll(async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><title>Free prizes</title><main>${evilPage}</main>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  evil = { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});
test.afterAll(() => evil.server.close());

async function visitEvilPage(page: Page, markup: string): Promise<void> {
  evilPage = markup;
  await page.goto(evil.origin);
}

/** Sends a request with headers that no browser would send. Answers status, headers and body as one text. */
function send(base: string, path: string, headers: Record<string, string>, method = 'GET', body = ''): Promise<string> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = http({ hostname, port, path, method, headers }, (response) => {
      let text = `${response.statusCode} ${response.rawHeaders.join('\n')}\n\n`;
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const statusOf = (answer: string) => Number(answer.slice(0, 3));
const cookiesOf = async (page: Page) =>
  (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');

const forged = {
  host: 'evil.example',
  forwarded: 'host=evil.example;proto=https',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '444',
  'x-forwarded-for': '127.0.0.1',
  'x-original-url': '/evil.example',
  'x-rewrite-url': '/evil.example',
};

test('no address that a request claims comes back in an answer', async ({ page, baseURL }) => {
  const origin = baseURL ?? '';
  await signIn(page, 'admin', '/demo/admin/apps');
  const cookie = await cookiesOf(page);
  const paths = [
    '/',
    '/sign-in',
    '/demo',
    '/demo/patients',
    '/demo/apps',
    '/demo/admin/apps',
    '/demo/admin/apps/new',
    '/nowhere',
    '/api/auth/signin',
    '/api/auth/signin?callbackUrl=%2Fdemo',
    '/api/auth/providers',
    '/api/auth/csrf',
    '/api/auth/signout',
    '/demo/.well-known/openid-configuration',
    '/demo/.well-known/oauth-authorization-server',
    '/demo/fhir/.well-known/smart-configuration',
    '/demo/fhir/metadata',
    '/demo/fhir/Patient',
    '/demo/fhir/nothing',
    '/demo/oauth/jwks',
    '/demo/oauth/session/end',
    '/demo/oauth/nothing',
    '/demo/oauth/interaction/x',
    '/demo/oauth/authorize',
    new URL(authorizeUrl(origin)).pathname + new URL(authorizeUrl(origin)).search,
    '/demo/launch/refused?reason=x',
    '/samples/bilirubin-chart/launch',
    '/health',
  ];
  for (const path of paths) {
    for (const headers of [forged, { ...forged, cookie }]) {
      expect(await send(origin, path, headers), path).not.toContain('evil.example');
    }
  }
  const posted = { ...forged, cookie, origin: origin, 'content-type': 'application/x-www-form-urlencoded' };
  for (const path of ['/demo/launch', '/api/auth/callback/credentials', '/api/auth/signout', '/demo/oauth/authorize']) {
    const answer = await send(
      origin,
      path,
      posted,
      'POST',
      'client_id=clinic_day&callbackUrl=https%3A%2F%2Fevil.example',
    );
    expect(answer, path).not.toMatch(/\n(location|refresh)\n(https?:)?\/\/evil\.example/i);
  }
});

test('every page of ours says how a browser has to guard it', async ({ page }) => {
  test.slow();
  await signIn(page, 'admin', '/demo/admin/apps');
  const shown = [
    '/',
    '/sign-in',
    '/demo/patients',
    '/demo/admin/apps',
    '/demo/launch/refused',
    '/demo/nothing',
    '/demo/oauth/interaction/x',
  ];
  const drawn = ['/demo/oauth/authorize?client_id=x', '/demo/oauth/session/end'];
  for (const path of [...shown, ...drawn]) {
    const answer = await page.request.get(path, { maxRedirects: 0, headers: { accept: 'text/html' } });
    const headers = answer.headers();
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'self'");
    expect(headers['content-security-policy'], path).toContain("base-uri 'none'");
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['referrer-policy'], path).toBe('same-origin');
    expect(headers['cache-control'], path).toMatch(/no-store/);
    expect(headers['x-powered-by'], path).toBeUndefined();
  }
  for (const path of drawn) {
    const answer = await page.request.get(path, { headers: { accept: 'text/html' } });
    expect(answer.headers()['content-security-policy'], path).toContain("default-src 'none'");
  }
});

test('another site frames neither sign-in, nor an app’s question, nor administration', async ({ page, baseURL }) => {
  const origin = baseURL ?? '';
  await signIn(page, 'admin', '/demo/admin/apps');
  const asking = await page.request.get(authorizeUrl(origin, { prompt: 'consent', scope: 'openid' }));
  expect(asking.url()).toContain('/oauth/interaction/');
  for (const path of ['/sign-in', '/demo/admin/apps', '/demo/oauth/session/end', new URL(asking.url()).pathname]) {
    await visitEvilPage(page, `<iframe src="${origin}${path}" width="800" height="600"></iframe>`);
    await expect(page.frameLocator('iframe').getByRole('heading')).toHaveCount(0);
    const [, frame] = page.frames();
    expect(frame?.url(), path).toMatch(/^chrome-error:/);
  }
});

test('forms of another site do nothing here', async ({ page, context, baseURL }) => {
  const origin = baseURL ?? '';
  await signIn(page, 'admin', '/demo/admin/apps');
  const asking = await page.goto(authorizeUrl(origin, { prompt: 'consent', scope: 'openid' }));
  const interaction = new URL(asking?.url() ?? '').pathname;
  const forms = [
    [`${origin}/demo/launch`, { client_id: 'clinic_day' }, /another site/],
    [`${origin}${interaction}/consent`, { scope: 'openid' }, /expired|Sign in|Allow/],
    [`${origin}${interaction}/deny`, {}, /expired|Sign in|Allow/],
  ] as const;
  for (const [action, fields, said] of forms) {
    const inputs = Object.entries(fields).map(([name, value]) => `<input type=hidden name="${name}" value="${value}">`);
    await visitEvilPage(page, `<form method="post" action="${action}">${inputs.join('')}<button>Win</button></form>`);
    await page.getByRole('button', { name: 'Win' }).click();
    await expect(page.getByRole('main'), action).toContainText(said);
  }
  // The interaction is still waiting for an answer.
  await page.goto(interaction);
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible();
  // A form without the CSRF token cannot sign the browser in as somebody else.
  const before = (await context.cookies()).find(({ name }) => name.includes('session-token'))?.value;
  await visitEvilPage(
    page,
    `<form method="post" action="${origin}/api/auth/callback/credentials"><input name="username" value="stranger">
     <input name="password" value="stranger-demo"><input name="csrfToken" value="guessed"><button>Win</button></form>`,
  );
  await page.getByRole('button', { name: 'Win' }).click();
  await page.waitForURL(/sign-in/);
  await page.goto('/demo/admin/apps');
  await expect(page.getByRole('heading', { name: 'Registered SMART apps' })).toBeVisible();
  expect(before).toBeDefined();
});

test('an action of an administrator counts only from our own pages, whatever the request says about itself', async ({
  page,
  baseURL,
}) => {
  test.slow();
  const origin = baseURL ?? '';
  await signIn(page, 'admin', '/demo/admin/apps');
  const caught = page.waitForRequest((request) => Boolean(request.headers()['next-action']));
  await page.getByRole('button', { name: 'Disable Clinic Day' }).click();
  const action = await caught;
  await expect(page.getByRole('button', { name: 'Enable Clinic Day' })).toBeVisible();
  await page.getByRole('button', { name: 'Enable Clinic Day' }).click();
  await expect(page.getByRole('button', { name: 'Disable Clinic Day' })).toBeVisible();
  const headers: Record<string, string> = { ...(await action.allHeaders()), cookie: await cookiesOf(page) };
  const body = action.postData() ?? '';
  const length = String(Buffer.byteLength(body));
  const { 'content-length': _, ...kept } = headers;
  const attempts: Record<string, string>[] = [
    { origin: evil.origin },
    { origin: 'http://evil.example', host: 'evil.example' },
    { origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' },
  ];
  for (const attempt of attempts) {
    await send(origin, '/demo/admin/apps', { ...kept, 'content-length': length, ...attempt }, 'POST', body);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Disable Clinic Day' }), JSON.stringify(attempt)).toBeVisible();
  }
});

test('scripts in names and in addresses are shown, not run', async ({ page, baseURL }) => {
  const origin = baseURL ?? '';
  await signIn(page, 'admin', '/demo/admin/apps/new');
  const clientId = `scripted_${Date.now()}`;
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(script);
  await page.getByRole('textbox', { name: 'Client id' }).fill(clientId);
  await page.getByRole('textbox', { name: 'Redirect URIs' }).fill(`${origin}/samples/bilirubin-chart/`);
  await page.getByRole('textbox', { name: 'Other scopes' }).fill('user/Patient.rs');
  await page.getByRole('button', { name: 'Register app' }).click();
  await expect(page.getByText(`${script} is registered`)).toBeVisible();
  const value = encodeURIComponent(script);
  const paths = [
    '/demo/admin/apps',
    authorizeUrl(origin, { client_id: clientId, scope: 'user/Patient.rs' }),
    `/demo/patients?name=${value}`,
    `/demo/launch/refused?reason=${value}`,
    `/demo/admin/apps?changed=${value}`,
    `/sign-in?begun=1&error=${value}&callbackUrl=${value}`,
    '/sign-in?begun=1&callbackUrl=javascript:window.attacked=1',
    `/demo/oauth/authorize?client_id=${value}&redirect_uri=${value}`,
    `/demo/${value}`,
    `/${value}`,
    `/demo/oauth/session/end?client_id=${value}&state=${value}`,
    `/demo/oauth/interaction/${value}`,
    `/samples/bilirubin-chart/?error=x&error_description=${value}&state=${value}`,
  ];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.locator('body')).toBeVisible();
    expect(await page.evaluate(() => 'attacked' in window), path).toBe(false);
    expect(await page.locator('a[href^="javascript:"]').count(), path).toBe(0);
  }
});

test('signing in leads to no other site', async ({ page, baseURL }) => {
  test.slow();
  const origin = baseURL ?? '';
  const targets = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    `${origin}@evil.example`,
    `${origin}.evil.example`,
    'javascript:alert(1)',
  ];
  for (const callbackUrl of targets) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?${new URLSearchParams({ callbackUrl })}`);
    await fillSignIn(page, people.clinician);
    await expect(page.getByRole('heading', { name: 'Your sandboxes' })).toBeVisible();
    expect(new URL(page.url()).origin).toBe(new URL(origin).origin);
  }
});

test('cookies that open something are for the server alone', async ({ page, baseURL }) => {
  const origin = baseURL ?? '';
  await signIn(page, 'clinician', '/demo/patients');
  await page.request.get(authorizeUrl(origin, { prompt: 'consent', scope: 'openid' }));
  const secret = (await page.context().cookies()).filter(({ name }) => name !== 'theme');
  expect(secret.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['_session', '_interaction', 'next-auth.session-token']),
  );
  for (const { name, httpOnly, sameSite } of secret) expect([name, httpOnly, sameSite]).toEqual([name, true, 'Lax']);
});

test('a session that was planted before signing in is not the one afterwards', async ({ page }) => {
  const planted = { name: 'next-auth.session-token', value: 'planted', url: 'http://localhost' };
  await page.context().addCookies([planted]);
  await signIn(page, 'clinician', '/demo/patients');
  const session = (await page.context().cookies()).find(({ name }) => name === planted.name);
  expect(session?.value).not.toBe('planted');
});

test('bad bytes in an address are answered, not stumbled over', async ({ page, baseURL }) => {
  test.slow();
  const origin = baseURL ?? '';
  await signIn(page, 'admin', '/demo/admin/apps');
  const cookie = await cookiesOf(page);
  const bytes = ['%00', '%ff', '%ED%A0%80', '%2e%2e%2f', '%5c', '%0d%0aset-cookie:a=b'];
  const places = [
    '/@',
    '/@/patients',
    '/@/admin',
    '/@/fhir/metadata',
    '/@/oauth/jwks',
    '/demo/patients/@',
    '/demo/patients?name=@',
    '/demo/patients?trail=@&page=2',
    '/demo/patients?birthdate=@',
    '/demo/admin/apps/@/edit',
    '/demo/admin/apps?changed=@',
    '/demo/launch/patients?q=@',
    '/demo/launch/encounters?patient=@',
    '/demo/launch/refused?reason=@',
    '/demo/oauth/@',
    '/demo/oauth/interaction/@',
    '/demo/oauth/authorize/@',
    '/demo/fhir/@',
    '/demo/fhir/Patient/@',
    '/sign-in?callbackUrl=@',
    '/sign-in?error=@&begun=1',
    '/api/auth/@',
    '/api/auth/signin?callbackUrl=@',
    '/demo/fhir/_services/smart/Launch/@',
    '/samples/@',
  ];
  for (const place of places) {
    for (const one of bytes) {
      const path = place.replace('@', one);
      const answer = await send(origin, path, { host: new URL(origin).host, cookie, accept: 'text/html' });
      expect(statusOf(answer), `${path}: ${answer.slice(0, 200)}`).toBeLessThan(500);
      expect(answer, path).not.toMatch(/^set-cookie\na=b/m);
    }
  }
  for (const method of ['TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
    for (const path of [
      '/',
      '/demo/patients',
      '/demo/oauth/token',
      '/demo/oauth/authorize',
      '/demo/fhir/Patient',
      '/demo/launch',
    ]) {
      const answer = await send(origin, path, { host: new URL(origin).host, cookie }, method);
      expect(statusOf(answer), `${method} ${path}: ${answer.slice(0, 300)}`).toBeLessThan(500);
    }
  }
});
