/** An app of another site that posts its authorization request as a form, without our cookies because of SameSite. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { authorizeUrl } from './fixtures/launches.ts';
import { signIn } from './fixtures/people.ts';

/** Pages of a site at 127.0.0.1, which to a browser is another one than localhost. */
const pages = new Map<string, string>();
let elsewhere: Server;
let site: string;

test.beforeAll(async () => {
  elsewhere = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(pages.get(request.url ?? '/') ?? '<h1>Somewhere</h1>');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  site = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
});

test.afterAll(() => {
  elsewhere.closeAllConnections();
  return new Promise((resolve) => elsewhere.close(resolve));
});

/** A page with a form that sends a well-behaved app's authorization request. */
function formOf(address: string): string {
  const { origin, pathname, searchParams } = new URL(address);
  const fields = [...searchParams].map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  return `<!doctype html><title>Elsewhere</title><form method="post" action="${origin}${pathname}">${fields.join('')}
    <button>Open the app</button></form>`;
}

test('a form of another site opens the app for the clinician who is signed in', async ({ page, baseURL }) => {
  await signIn(page, 'clinician', '/demo/patients');
  pages.set('/post', formOf(authorizeUrl(String(baseURL), { scope: 'openid fhirUser user/Patient.rs' })));
  await page.goto(`${site}/post`);
  const arrived = page.waitForRequest((request) => new URL(request.url()).searchParams.has('code'));
  await page.getByRole('button', { name: 'Open the app' }).click({ noWaitAfter: true });
  const answer = new URL((await arrived).url());
  expect(answer.pathname).toBe('/samples/bilirubin-chart/');
  expect(answer.searchParams.get('state')).toBe('state-of-the-app');
});

test('nobody draws our pages inside a page of their own', async ({ page, baseURL }) => {
  await signIn(page, 'clinician', '/demo/patients');
  const asking = authorizeUrl(String(baseURL), { prompt: 'consent', scope: 'openid user/Patient.rs' });
  const framed = ['/sign-in', '/demo/oauth/session/end', '/demo/oauth/authorize?client_id=nobody', asking];
  for (const address of framed) {
    pages.set(
      '/frame',
      `<!doctype html><title>Frame</title><iframe src="${new URL(address, String(baseURL))}"></iframe>`,
    );
    const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
    await page.goto(`${site}/frame`);
    expect((await refused).text(), address).toContain("frame-ancestors 'self'");
  }
});
