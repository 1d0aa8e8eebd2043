import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { env, issuerOf } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, type TokenResponse } from './browser.ts';
import { appUri, makeClient, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

const scope = 'openid user/*.rs online_access';
const cookie = 'the-sign-in=; Max-Age=0';

let sandbox: SandboxFixture;
let clientId: string;
let browser: Browser;
let tokens: TokenResponse;

beforeEach(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
  browser = new Browser(sandbox, sandbox.users.chen);
  tokens = await openApp(browser);
});

async function openApp(by: Browser, asked = scope): Promise<TokenResponse> {
  const { code = '' } = answerToApp(await by.visit(authorizeUrl(sandbox, clientId, { scope: asked })));
  return (await post(sandbox, 'token', exchangeFields(clientId, code))).json();
}

/** Opens the logout endpoint, as when an app signs the user out. */
async function askToSignOut(parameters: Record<string, string> = {}): Promise<Response> {
  const fields = { id_token_hint: tokens.id_token, post_logout_redirect_uri: appUri, state: 'a state', ...parameters };
  return browser.visit(`/${sandbox.slug}/oauth/session/end?${new URLSearchParams(fields)}`);
}

/** The secret of the confirmation page's form. */
async function formOf(page: Response): Promise<Record<string, string>> {
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(await page.text()) ?? [];
  return { xsrf };
}

/** Presses a button of the confirmation page. */
async function confirm(fields: Record<string, string>): Promise<Response> {
  const path = `/${sandbox.slug}/oauth/session/end/confirm`;
  const request = new Request(`${env().origin}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { cookie: browser.cookieHeader(path), origin: env().origin },
  });
  return answerOauth(
    request,
    sandbox.slug,
    () => browser.session(),
    () => cookie,
  );
}

const refresh = ({ refresh_token }: TokenResponse) =>
  post(sandbox, 'token', { grant_type: 'refresh_token', refresh_token, client_id: clientId });

describe('signing out at an app’s wish', () => {
  it('asks first, by the name of the app and the sandbox, and does nothing until then', async () => {
    const page = await askToSignOut();
    const text = await page.text();
    const read = text.replaceAll(/<\/?bdi>/g, '');
    expect(read).toContain(`Sign out of Hospital ${sandbox.slug}?`);
    expect(read).toContain('Growth chart asks to sign you out');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toContain('unsafe');
    const [, css = ''] = /<style>(.*)<\/style>/s.exec(text) ?? [];
    expect(policy).toContain(`'sha256-${createHash('sha256').update(css).digest('base64')}'`);
    expect(policy).toMatch(/form-action 'self' https:\/\/app\.example(;|$)/);
    expect(page.headers.get('set-cookie') ?? '').not.toContain('the-sign-in');
    expect((await refresh(tokens)).status).toBe(200);
  });

  it('ends the session at the EHR and its online_access, and goes back to the app with its state', async () => {
    const other = await openApp(browser);
    const elsewhere = await openApp(new Browser(sandbox, sandbox.users.chen));
    const answer = await confirm({ ...(await formOf(await askToSignOut())), logout: 'yes' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`${appUri}?state=a+state`);
    expect(answer.headers.getSetCookie()).toContain(cookie);
    for (const held of [tokens, other]) {
      const refused = await refresh(held);
      expect([refused.status, (await refused.json()).error]).toEqual([400, 'invalid_grant']);
    }
    expect((await refresh(elsewhere)).status).toBe(200);
  });

  it('leaves offline_access as it is: it was given for just that', async () => {
    const held = await openApp(browser, 'openid user/*.rs offline_access');
    await confirm({ ...(await formOf(await askToSignOut())), logout: 'yes' });
    expect((await refresh(held)).status).toBe(200);
  });

  it('makes the next app ask for the password', async () => {
    await confirm({ ...(await formOf(await askToSignOut())), logout: 'yes' });
    browser.userId = undefined;
    const response = await browser.visit(authorizeUrl(sandbox, clientId, { scope }));
    expect(response.headers.get('location')).toContain('/oauth/interaction/');
    expect(answerToApp(await browser.visit(authorizeUrl(sandbox, clientId, { scope, prompt: 'none' }))).error).toBe(
      'login_required',
    );
  });

  it('keeps users who decline signed in, and informs the app', async () => {
    const answer = await confirm(await formOf(await askToSignOut()));
    expect(answer.headers.get('location')).toBe(`${appUri}?state=a+state`);
    expect(answer.headers.getSetCookie()).not.toContain(cookie);
    expect((await refresh(tokens)).status).toBe(200);
  });

  it('ends on our own page where the app names no address', async () => {
    const page = await browser.visit(`/${sandbox.slug}/oauth/session/end`);
    const answer = await confirm({ ...(await formOf(page)), logout: 'yes' });
    const location = answer.headers.get('location') ?? '';
    expect(location).toBe(`${issuerOf(sandbox.slug)}/oauth/session/end/success`);
    expect(await (await browser.visit(location)).text()).toContain('You have signed out');
  });

  it.each([
    ['without the secret of the page', { logout: 'yes' }],
    ['with another secret', { logout: 'yes', xsrf: 'guessed' }],
  ])('is not done by a form of another site: %s', async (_, fields) => {
    await askToSignOut();
    const answer = await confirm(fields);
    expect(answer.status).toBe(400);
    expect(answer.headers.getSetCookie()).not.toContain(cookie);
    expect((await refresh(tokens)).status).toBe(200);
  });

  it('is not done with the secret of somebody else’s page', async () => {
    const form = await formOf(await askToSignOut());
    browser = new Browser(sandbox, sandbox.users.admin);
    await askToSignOut();
    expect((await confirm({ ...form, logout: 'yes' })).status).toBe(400);
  });
});

describe('signing out never leads to another address', () => {
  it.each([
    'https://evil.example/',
    `${appUri}/more`,
    `${appUri}?more`,
    `${appUri}#more`,
    'https://app.example:8443/callback',
    'https://app.example@evil.example/callback',
    'http://app.example/callback',
    '//evil.example',
    'javascript:alert(1)',
  ])('%s', async (address) => {
    const answer = await askToSignOut({ post_logout_redirect_uri: address });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(await answer.text()).not.toContain('name="xsrf"');
  });

  it('of an app that was not named', async () => {
    const query = new URLSearchParams({ post_logout_redirect_uri: appUri });
    const page = await browser.visit(`/${sandbox.slug}/oauth/session/end?${query}`);
    const answer = await confirm({ ...(await formOf(page)), logout: 'yes' });
    expect(answer.headers.get('location')).toBe(`${issuerOf(sandbox.slug)}/oauth/session/end/success`);
  });

  it('of an app that the hint is not about', async () => {
    const other = await makeClient(sandbox, { redirectUris: ['https://other.example/'] });
    const answer = await askToSignOut({ client_id: other, post_logout_redirect_uri: 'https://other.example/' });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  it('by a forged hint', async () => {
    const [header, payload] = tokens.id_token.split('.');
    const forged = `${header}.${payload}.${Buffer.alloc(256).toString('base64url')}`;
    expect((await askToSignOut({ id_token_hint: forged })).status).toBe(400);
  });

  it('of an app that was deleted since', async () => {
    const page = await askToSignOut();
    await database().client.delete({ where: { sandboxId_clientId: { sandboxId: sandbox.id, clientId } } });
    expect(page.status).toBe(200);
    expect((await askToSignOut()).status).toBe(400);
  });
});

it('lets the page run that goes on by itself when nobody is signed in', async () => {
  const nobody = new Browser(sandbox);
  const page = await nobody.visit(`/${sandbox.slug}/oauth/session/end`);
  const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(await page.text()) ?? [];
  expect(script).toContain('submit()');
  const hash = createHash('sha256').update(script).digest('base64');
  expect(page.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`);
});
