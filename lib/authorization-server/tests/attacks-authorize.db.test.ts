/** Attacks on the way from the authorization request to the token: where codes go, who may use them, and for what. */
import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { answerInteraction } from '../interaction/answer-interaction.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, tokensFor, verifier } from './browser.ts';
import { appUri, makeClient, makeLaunch, makeSandbox, type SandboxFixture, secret } from './sandbox-fixture.ts';
import { Visit } from './visit.ts';

let sandbox: SandboxFixture;
let clientId: string;
let issuer: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
  issuer = `${env().origin}/${sandbox.slug}`;
});

type Parameters = Record<string, string | undefined>;
const chen = (at = sandbox) => new Browser(at, at.users.chen);

async function newCode(app = clientId, parameters: Parameters = {}): Promise<string> {
  const launch = await makeLaunch(sandbox, app);
  const { code } = answerToApp(await chen().visit(authorizeUrl(sandbox, app, { launch, ...parameters })));
  if (!code) throw new Error('There is no code.');
  return code;
}

/** Expects the request to end on a page of ours that reveals nothing. */
async function staysHere(parameters: Parameters, browser = chen(), app = clientId): Promise<string> {
  const response = await browser.visit(authorizeUrl(sandbox, app, parameters));
  expect([parameters, response.status, response.headers.get('location')]).toEqual([parameters, 400, null]);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('referrer-policy')).toBe('same-origin');
  const page = await response.text();
  expect(page).not.toMatch(/http-equiv|<script|<form|href=/i);
  return page;
}

const variants = [
  `${appUri}/`,
  `${appUri}/more`,
  `${appUri}.evil`,
  appUri.slice(0, -1),
  `${appUri}?a=b`,
  `${appUri}?`,
  `${appUri}#`,
  `${appUri}#fragment`,
  `${appUri}/../callback`,
  `${appUri}/..;/callback`,
  `${appUri}/.`,
  `${appUri}/%2e%2e/callback`,
  `${appUri}%00`,
  `${appUri}%20`,
  `${appUri} `,
  ` ${appUri}`,
  `${appUri}\t`,
  `${appUri}\\`,
  `${appUri};`,
  'https://app.example//callback',
  'https://app.example/CALLBACK',
  'https://app.example/call%62ack',
  'https://APP.example/callback',
  'HTTPS://app.example/callback',
  'https://app.example./callback',
  'https://app.example:443/callback',
  'https://app.example:8443/callback',
  'http://app.example/callback',
  'https://app.example@evil.example/callback',
  'https://evil.example/callback',
  '//app.example/callback',
  'https://app.example.evil.example/callback',
  'https://evil.example/https://app.example/callback',
  'https://app.example\\@evil.example/callback',
  'https://evil.example\\.app.example/callback',
  'https://аpp.example/callback',
  'https://app。example/callback',
  'https://app.exampl\u00e9/callback',
  'javascript:alert(1)//app.example/callback',
  'data:text/html,x',
  'org.example.app:/callback',
  'callback',
  '/callback',
  '.',
];

describe('redirect_uri', () => {
  it.each(variants)('%j is not the registered one', async (redirect_uri) => {
    await staysHere({ redirect_uri });
  });

  it('that is wrong is never redirected to, even when something else is wrong too', async () => {
    for (const wrong of [
      { response_type: 'token' },
      { response_type: undefined },
      { response_mode: 'fragment' },
      { scope: undefined, nonce: undefined },
      { aud: undefined },
      { prompt: 'none' },
      { prompt: 'unheard-of' },
      { code_challenge: undefined, code_challenge_method: undefined },
      { request: 'eyJ' },
      { request_uri: 'https://evil.example/request' },
      { registration: '{}' },
      { max_age: '-1' },
      { resource: 'https://evil.example' },
      { id_token_hint: 'nonsense' },
      { launch: 'unknown' },
    ]) {
      await staysHere({ redirect_uri: 'https://evil.example/callback', ...wrong });
      await staysHere({ redirect_uri: 'https://evil.example/callback', ...wrong }, new Browser(sandbox));
      await staysHere({ client_id: 'unknown-app', ...wrong });
    }
  });

  it('of another client is refused', async () => {
    await makeClient(sandbox, { redirectUris: ['https://other.example/callback'] });
    await staysHere({ redirect_uri: 'https://other.example/callback' });
  });

  it('must have the registered port, also on loopback and for an app with a custom scheme', async () => {
    const redirectUris = ['http://127.0.0.1:8000/callback', 'org.example.app:/callback'];
    const native = await makeClient(sandbox, { redirectUris });
    await staysHere({ redirect_uri: 'http://127.0.0.1:8001/callback' }, chen(), native);
    await staysHere({ redirect_uri: 'http://localhost:8000/callback' }, chen(), native);
    await staysHere({ redirect_uri: 'org.example.app:/callback/more' }, chen(), native);
    for (const redirect_uri of redirectUris) {
      const launch = await makeLaunch(sandbox, native);
      const response = await chen().visit(authorizeUrl(sandbox, native, { redirect_uri, launch }));
      expect(response.headers.get('location')).toMatch(
        /^(http:\/\/127\.0\.0\.1:8000\/callback|org\.example\.app:\/callback)\?code=/,
      );
    }
  });

  it('after logging out must be registered too, and needs a client', async () => {
    const queries: Record<string, string>[] = [
      { client_id: clientId, post_logout_redirect_uri: 'https://evil.example/' },
      { client_id: clientId, post_logout_redirect_uri: `${appUri}/more` },
      { post_logout_redirect_uri: 'https://evil.example/' },
    ];
    for (const query of queries) {
      const browser = chen();
      await tokensFor(browser, clientId, { launch: await makeLaunch(sandbox, clientId) });
      const response = await browser.visit(`/${sandbox.slug}/oauth/session/end?${new URLSearchParams(query)}`);
      expect(response.headers.get('location')).toBeNull();
      const page = await response.text();
      const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
      if (!xsrf) continue;
      const body = new URLSearchParams({ xsrf, logout: 'yes' });
      const ended = await browser.visit(`/${sandbox.slug}/oauth/session/end/confirm`, { method: 'POST', body });
      expect(ended.headers.get('location')).toMatch(new RegExp(`^${issuer}/`));
    }
  });
});

describe('response_mode', () => {
  it.each(['fragment', 'form_post', 'web_message', 'jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt', 'unheard-of'])(
    '%s is refused, in the query',
    async (response_mode) => {
      const launch = await makeLaunch(sandbox, clientId);
      const response = await chen().visit(authorizeUrl(sandbox, clientId, { launch, response_mode }));
      expect(response.headers.get('location')).toMatch(/\?error=unsupported_response_mode&/);
      const early = await chen().visit(authorizeUrl(sandbox, clientId, { response_mode, request: 'eyJ' }));
      expect(early.headers.get('location')).toMatch(/\?error=/);
    },
  );

  it('query is announced in discovery, and works', async () => {
    const response = await chen().visit(`/${sandbox.slug}/.well-known/openid-configuration`);
    expect((await response.json()).response_modes_supported).toEqual(['query']);
    expect(await newCode(clientId, { response_mode: 'query' })).toMatch(/^[\w-]{43}$/);
  });
});

describe('the answer names its issuer, so that it cannot be mistaken for another server’s', () => {
  it.each<[string, Parameters]>([
    ['with a code', { scope: 'openid user/*.rs' }],
    ['with a refusal', { aud: undefined }],
    ['with a refusal before anything was checked', { request: 'eyJ' }],
    ['without state', { state: undefined, aud: undefined }],
  ])('%s', async (_, parameters) => {
    expect(answerToApp(await chen().visit(authorizeUrl(sandbox, clientId, parameters))).iss).toBe(issuer);
  });

  it('after the user denied', async () => {
    const visit = await Visit.by(sandbox, sandbox.users.chen).start(clientId, {
      prompt: 'consent',
      scope: 'openid user/*.rs',
    });
    const answer = answerToApp(await visit.answer('deny'));
    expect(answer).toMatchObject({ error: 'access_denied', iss: issuer, state: 'the state' });
  });
});

describe('PKCE', () => {
  const challengeOf = (text: string) => createHash('sha256').update(text).digest('base64url');
  const without = { code_challenge: undefined, code_challenge_method: undefined };

  async function exchange(code: string, code_verifier: string | undefined, app = clientId) {
    const { code_verifier: _, ...fields } = exchangeFields(app, code);
    const sent: Record<string, string> = code_verifier === undefined ? fields : { ...fields, code_verifier };
    const response = await post(sandbox, 'token', sent);
    const body = await response.json();
    expect(body.access_token === undefined).toBe(response.status !== 200);
    return [response.status, body.error];
  }

  it.each<[string, Parameters]>([
    ['no challenge', without],
    ['an empty challenge', { code_challenge: '' }],
    ['plain', { code_challenge_method: 'plain' }],
    ['plain, with the verifier itself', { code_challenge: verifier, code_challenge_method: 'plain' }],
    ['no method', { code_challenge_method: undefined }],
    ['another spelling of the method', { code_challenge_method: 's256' }],
    ['a short challenge', { code_challenge: 'short' }],
  ])('cannot be bypassed by %s', async (_, parameters) => {
    const launch = await makeLaunch(sandbox, clientId);
    const answer = answerToApp(await chen().visit(authorizeUrl(sandbox, clientId, { launch, ...parameters })));
    expect([answer.code, answer.error]).toEqual([undefined, 'invalid_request']);
  });

  it.each<[string, string | undefined]>([
    ['is missing', undefined],
    ['is empty', ''],
    ['is blank', ' '.repeat(43)],
    ['is the challenge', challengeOf(verifier)],
    ['is another one', randomBytes(32).toString('base64url')],
    ['has something before it', `x${verifier}`],
    ['has something after it', `${verifier}x`],
    ['is too short', verifier.slice(0, 42)],
    ['has other letters', `${verifier.slice(0, -1)}é`],
  ])('refuses a code whose verifier %s, and the code is not lost by trying', async (_, code_verifier) => {
    const code = await newCode();
    const [status, error] = await exchange(code, code_verifier);
    expect([status, /^invalid_(grant|request)$/.test(error)]).toEqual([400, true]);
    expect((await exchange(code, verifier))[0]).toBe(200);
  });

  it('cannot be removed from a request by somebody who wants to inject a code', async () => {
    const old = await makeClient(sandbox, { requirePkce: false });
    expect(await exchange(await newCode(old, without), verifier, old)).toEqual([400, 'invalid_grant']);
    expect(await exchange(await newCode(old), undefined, old)).toEqual([400, 'invalid_grant']);
    expect(await exchange(await newCode(old, without), undefined, old)).toEqual([200, undefined]);
  });

  it('is required of an app with a secret as well', async () => {
    const confidential = await makeClient(sandbox, { type: 'secret' });
    const launch = await makeLaunch(sandbox, confidential);
    const url = authorizeUrl(sandbox, confidential, { launch, ...without });
    expect(answerToApp(await chen().visit(url)).error).toBe('invalid_request');
    const code = await newCode(confidential);
    const { code_verifier: _, ...fields } = exchangeFields(confidential, code);
    const response = await post(sandbox, 'token', { ...fields, client_secret: secret });
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_grant']);
  });
});

describe('a code', () => {
  it('is worth nothing to another client, with the verifier and under its own name or with both names', async () => {
    const other = await makeClient(sandbox);
    const code = await newCode();
    for (const client_id of [other, `${clientId} ${other}`, clientId.toUpperCase()]) {
      const response = await post(sandbox, 'token', { ...exchangeFields(clientId, code), client_id });
      expect([400, 401]).toContain(response.status);
    }
    expect((await post(sandbox, 'token', exchangeFields(clientId, code))).status).toBe(200);
  });

  it('is refused when header and form name different clients', async () => {
    const confidential = await makeClient(sandbox, { type: 'secret' });
    const authorization = `Basic ${Buffer.from(`${confidential}:${encodeURIComponent(secret)}`).toString('base64')}`;
    const response = await post(sandbox, 'token', exchangeFields(clientId, await newCode()), { authorization });
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_request']);
  });

  it('of an app with a secret is worth nothing without the secret', async () => {
    const confidential = await makeClient(sandbox, { type: 'secret' });
    const code = await newCode(confidential);
    const proofs: Record<string, string>[] = [
      {},
      { client_secret: '' },
      { client_secret: 'none' },
      { client_secret: 'wrong' },
    ];
    for (const more of proofs) {
      const response = await post(sandbox, 'token', { ...exchangeFields(confidential, code), ...more });
      expect([response.status, (await response.json()).error]).toEqual([401, 'invalid_client']);
    }
  });
});

describe('a token of one sandbox', () => {
  it('opens nothing in another, where app and user have the same names', async () => {
    const other = await makeSandbox();
    await makeClient(other, { clientId });
    const tokens = await tokensFor(chen(), clientId, { launch: await makeLaunch(sandbox, clientId) });
    const authorization = `Bearer ${tokens.access_token}`;
    const send = (endpoint: string, init: RequestInit) =>
      answerOauth(
        new Request(`${env().origin}/${other.slug}/oauth/${endpoint}`, init),
        other.slug,
        async () => undefined,
      );
    expect((await send('userinfo', { headers: { authorization } })).status).toBe(401);
    const introspected = await post(other, 'introspect', { token: tokens.access_token, client_id: clientId });
    expect(await introspected.json()).toEqual({ active: false });
    for (const token of [tokens.access_token, tokens.refresh_token])
      await post(other, 'revoke', { token, client_id: clientId });
    const here = await post(sandbox, 'introspect', { token: tokens.access_token, client_id: clientId });
    expect(await here.json()).toMatchObject({ active: true });
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: clientId };
    expect((await post(other, 'token', fields)).status).toBe(400);
    expect((await post(sandbox, 'token', fields)).status).toBe(200);
  });
});

describe('an interaction', () => {
  const begin = () =>
    Visit.by(sandbox, sandbox.users.chen).start(clientId, { prompt: 'consent', scope: 'openid user/*.rs' });
  const expired = /\/oauth\/interaction\/[^/]+(\?problem=\w+)?$/;

  it('is not answered by a form of another site, or of unknown origin', async () => {
    const visit = await begin();
    const origins: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: env().origin, 'sec-fetch-site': 'cross-site' },
      { origin: `${env().origin}.evil.example` },
    ];
    for (const step of ['consent', 'deny', 'patient', 'encounter']) {
      for (const headers of origins) {
        expect(await visit.say(step, { scope: 'user/*.rs' }, headers)).toMatch(expired);
      }
    }
    expect((await visit.view()).step).toBe('consent');
  });

  it('is not answered by a link', async () => {
    const visit = await begin();
    for (const step of ['consent', 'deny']) {
      const cookie = visit.browser.cookieHeader(visit.page);
      const request = new Request(`${env().origin}${visit.page}/${step}?scope=user/*.rs`, { headers: { cookie } });
      const at = { slug: sandbox.slug, uid: visit.uid, step };
      const response = await answerInteraction(request, at, () => visit.browser.session());
      expect(response.headers.get('location')).toMatch(expired);
    }
    expect((await visit.view()).step).toBe('consent');
  });

  it('is not answered in another browser, by another user, or in place of another one', async () => {
    const visit = await begin();
    const other = await begin();
    const stolen = new Visit(new Browser(sandbox, sandbox.users.chen));
    stolen.uid = visit.uid;
    expect(await stolen.say('consent', { scope: 'user/*.rs' })).toMatch(expired);
    const crossed = new Visit(other.browser);
    crossed.uid = visit.uid;
    expect(await crossed.say('consent', { scope: 'user/*.rs' })).toMatch(expired);
    visit.browser.userId = sandbox.users.admin;
    expect(await visit.say('consent', { scope: 'user/*.rs' })).toMatch(expired);
    visit.browser.userId = sandbox.users.chen;
    expect((await visit.view()).step).toBe('consent');
  });

  it('is not answered with the cookie of another interaction in the same browser', async () => {
    const [visit, other] = [await begin(), await begin()];
    const headers = { cookie: other.browser.cookieHeader(other.page), origin: env().origin };
    const request = new Request(`${env().origin}${visit.page}/deny`, { method: 'POST', headers });
    const at = { slug: sandbox.slug, uid: visit.uid, step: 'deny' };
    const response = await answerInteraction(request, at, () => visit.browser.session());
    expect(response.headers.get('location')).toMatch(expired);
    expect([(await visit.view()).step, (await other.view()).step]).toEqual(['consent', 'consent']);
  });

  it('is not opened by a cookie that was changed, or made without our key', async () => {
    const visit = await begin();
    const header = visit.browser.cookieHeader(visit.page);
    const unsigned = header.replace(/[^;=\s]+\.sig=[^;]+/g, '');
    const forged = header.replace(/(\.sig=)[^;]+/g, '$1AAAAAAAAAAAAAAAAAAAAAAAAAAA');
    for (const cookie of [unsigned, forged, '']) {
      const request = new Request(`${env().origin}${visit.page}/deny`, {
        method: 'POST',
        headers: { cookie, origin: env().origin },
      });
      const at = { slug: sandbox.slug, uid: visit.uid, step: 'deny' };
      const response = await answerInteraction(request, at, () => visit.browser.session());
      expect(response.headers.get('location')).toMatch(expired);
    }
  });

  it('gives no more than was asked and offered, whatever the form says', async () => {
    const visit = await Visit.by(sandbox, sandbox.users.chen).start(clientId, {
      prompt: 'consent',
      scope: 'openid user/Patient.rs',
    });
    const form: [string, string][] = ['openid', 'user/Patient.rs', 'user/*.cruds', 'offline_access', 'system/*.rs'].map(
      (scope) => ['scope', scope],
    );
    const { code = '' } = answerToApp(await visit.answer('consent', form));
    const tokens = await (await post(sandbox, 'token', exchangeFields(clientId, code))).json();
    expect([tokens.scope, tokens.refresh_token]).toEqual(['openid user/Patient.rs', undefined]);
  });
});

describe('a session', () => {
  const cookieName = () => `/${sandbox.slug} _session`;

  it('that an attacker planted is not used for the user who signs in', async () => {
    const attacker = new Browser(sandbox);
    await attacker.visit(authorizeUrl(sandbox, clientId));
    const victim = chen();
    for (const [name, value] of attacker.cookies) victim.cookies.set(name, value);
    await tokensFor(victim, clientId, { launch: await makeLaunch(sandbox, clientId) });
    expect(victim.cookies.get(cookieName())).not.toBe(attacker.cookies.get(cookieName()));
    const answer = answerToApp(await attacker.visit(authorizeUrl(sandbox, clientId, { prompt: 'none' })));
    expect([answer.code, answer.error]).toEqual([undefined, 'login_required']);
  });

  it('cookie that stands twice, or under another path, opens nothing of another user', async () => {
    const peter = new Browser(sandbox, sandbox.users.peter);
    await tokensFor(peter, clientId, { scope: 'openid user/*.rs' });
    const tossed = [...peter.cookies].map(([key, value]) => `${key.split(' ')[1]}=${value}`).join('; ');
    const nobody = new Browser(sandbox);
    nobody.cookieHeader = () => `${tossed}; ${tossed}; _session=x`;
    const answer = answerToApp(
      await nobody.visit(authorizeUrl(sandbox, clientId, { prompt: 'none', scope: 'openid user/*.rs' })),
    );
    expect([answer.code, answer.error]).toEqual([undefined, 'login_required']);
  });

  it('is ended only by our own form', async () => {
    const browser = chen();
    await tokensFor(browser, clientId, { launch: await makeLaunch(sandbox, clientId) });
    const end = `/${sandbox.slug}/oauth/session/end`;
    const forms: Record<string, string>[] = [
      { logout: 'yes' },
      { logout: 'yes', xsrf: '' },
      { logout: 'yes', xsrf: 'guessed' },
    ];
    for (const form of forms) {
      const response = await browser.visit(`${end}/confirm`, { method: 'POST', body: new URLSearchParams(form) });
      expect(response.status).toBe(400);
    }
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(await (await browser.visit(end)).text()) ?? [];
    expect(xsrf).toMatch(/^[0-9a-f]{48}$/);
    const other = chen();
    await tokensFor(other, clientId, { launch: await makeLaunch(sandbox, clientId) });
    const crossed = await other.visit(`${end}/confirm`, {
      method: 'POST',
      body: new URLSearchParams({ logout: 'yes', xsrf }),
    });
    expect(crossed.status).toBe(400);
    const ended = await browser.visit(`${end}/confirm`, {
      method: 'POST',
      body: new URLSearchParams({ logout: 'yes', xsrf }),
    });
    expect(ended.status).toBe(303);
  });
});

describe('prompt=none', () => {
  it.each<[string, () => Promise<Parameters>, string, (at: SandboxFixture) => string | undefined]>([
    ['that nobody is signed in', async () => ({}), 'login_required', () => undefined],
    ['not whether an account exists', async () => ({}), 'login_required', ({ users }) => users.stranger],
    [
      'that a choice is missing',
      async () => ({ scope: 'launch/patient patient/*.rs', nonce: undefined }),
      'interaction_required',
      ({ users }) => users.chen,
    ],
  ])('reports %s, and nothing else', async (_, parameters, error, who) => {
    const url = authorizeUrl(sandbox, clientId, { prompt: 'none', ...(await parameters()) });
    const answer = answerToApp(await new Browser(sandbox, who(sandbox)).visit(url));
    expect(Object.keys(answer).sort()).toEqual(['error', 'error_description', 'iss', 'state']);
    expect(answer.error).toBe(error);
  });
});

describe('no cache keeps', () => {
  it('what the authorization endpoint, the token endpoint, introspection and userinfo answer', async () => {
    const launch = await makeLaunch(sandbox, clientId);
    const answered = await chen().visit(authorizeUrl(sandbox, clientId, { launch }));
    const exchanged = await post(sandbox, 'token', exchangeFields(clientId, answerToApp(answered).code ?? ''));
    const { access_token: token } = await exchanged.clone().json();
    const introspected = await post(sandbox, 'introspect', { token, client_id: clientId });
    const request = new Request(`${issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } });
    const userinfo = await answerOauth(request, sandbox.slug, async () => undefined);
    const refused = await post(sandbox, 'token', exchangeFields(clientId, 'x'));
    for (const response of [answered, exchanged, introspected, userinfo, refused]) {
      expect(response.headers.get('cache-control')).toMatch(/no-store/);
    }
  });
});

describe('what a page shows of a request', () => {
  it('is escaped', async () => {
    const script = `"><script>alert(1)</script><img src=x onerror='alert(1)'>`;
    for (const name of ['client_id', 'redirect_uri', 'state', 'response_type', 'scope', 'prompt', 'aud', 'launch']) {
      const parameters = { redirect_uri: 'https://evil.example', [name]: script };
      const page = await staysHere(parameters);
      expect(page).not.toContain('<img');
    }
  });

  it('is escaped in a name too', async () => {
    const slug = `s-${randomBytes(4).toString('hex')}`;
    const other = await makeSandbox(slug);
    await database().sandbox.update({ where: { id: other.id }, data: { name: '<script>alert(1)</script>' } });
    const response = await chen(other).visit(authorizeUrl(other, 'unknown'));
    expect(await response.text()).not.toContain('<script');
  });
});
