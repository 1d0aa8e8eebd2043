import { generateKeyPair, importJWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { issuerOf } from '#lib/env.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, tokensFor } from './browser.ts';
import { makeClient, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';
import { ticked, Visit } from './visit.ts';

let sandbox: SandboxFixture;
let trusted: string;
let asking: string;

const scope = 'openid user/*.rs';
const now = () => Math.floor(Date.now() / 1000);

beforeAll(async () => {
  sandbox = await makeSandbox();
  trusted = await makeClient(sandbox);
  asking = await makeClient(sandbox, { trusted: false });
});

/** A browser in which somebody gave their password an hour ago. */
function browserOf(userId: string | undefined, signedInAt = now() - 3600): Browser {
  return Object.assign(new Browser(sandbox, userId), { signedInAt });
}

const chen = () => browserOf(sandbox.users.chen);
type SigningKey = Parameters<SignJWT['sign']>[0];
type Asked = Record<string, string | undefined>;

function open(browser: Browser, parameters: Asked, clientId = trusted): Promise<Response> {
  return browser.visit(authorizeUrl(sandbox, clientId, { scope, ...parameters }));
}

async function outcomeOf(browser: Browser, parameters: Asked, clientId = trusted) {
  return answerToApp(await open(browser, parameters, clientId));
}

async function visit(browser: Browser, parameters: Asked, clientId = trusted): Promise<Visit> {
  return new Visit(browser).arrive(await open(browser, parameters, clientId));
}

/** Signs in with a password, now. */
function signInAs(browser: Browser, userId: string): void {
  Object.assign(browser, { userId, signedInAt: now() + 1 });
}

async function subjectOf(response: Response, clientId = trusted): Promise<Record<string, unknown>> {
  const { code = '' } = answerToApp(response);
  const exchanged = await post(sandbox, 'token', exchangeFields(clientId, code));
  expect(exchanged.status).toBe(200);
  return claimsOf((await exchanged.json()).id_token);
}

function claimsOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
}

describe('prompt', () => {
  it('none: lets the app in without a question, or says which question there was', async () => {
    expect((await outcomeOf(chen(), { prompt: 'none' })).code).toBeDefined();
    expect((await outcomeOf(browserOf(undefined), { prompt: 'none' })).error).toBe('login_required');
    expect((await outcomeOf(chen(), { prompt: 'none' }, asking)).error).toBe('consent_required');
    const patient = { prompt: 'none', scope: 'openid launch/patient' };
    expect((await outcomeOf(chen(), patient)).error).toBe('interaction_required');
    const stranger = browserOf(sandbox.users.stranger);
    expect((await outcomeOf(stranger, { prompt: 'none' })).error).toBe('login_required');
  });

  it.each(['none login', 'none consent', 'login none select_account', 'sometimes', 'login create'])(
    'refuses %s',
    async (prompt) => {
      expect(await outcomeOf(chen(), { prompt })).toMatchObject({ error: 'invalid_request', state: 'the state' });
    },
  );

  it('login: takes another user who signs in on the way', async () => {
    const again = await visit(chen(), { prompt: 'login' });
    expect((await again.view()).step).toBe('sign-in');
    signInAs(again.browser, sandbox.users.admin);
    expect((await subjectOf(await again.answer('sign-in'))).sub).toBe(sandbox.users.admin);
  });

  it('login consent: asks for both, one after the other', async () => {
    const both = await visit(chen(), { prompt: 'login consent' });
    expect((await both.view()).step).toBe('sign-in');
    signInAs(both.browser, sandbox.users.chen);
    both.arrive(await both.answer('sign-in'));
    expect((await both.view()).step).toBe('consent');
    expect((await subjectOf(await both.answer('consent', ticked('openid')))).sub).toBe(sandbox.users.chen);
  });

  it('select_account: goes on with the account that is signed in, when they say so', async () => {
    const choice = await visit(chen(), { prompt: 'select_account' });
    expect(await choice.view()).toMatchObject({ step: 'select_account', member: { name: 'Dr. Chen' } });
    expect((await subjectOf(await choice.answer('select_account'))).sub).toBe(sandbox.users.chen);
  });

  it('select_account: goes on with another account once somebody signed in with it', async () => {
    const choice = await visit(chen(), { prompt: 'select_account' });
    expect(await choice.say('sign-in')).toContain('?problem=sign-in');
    signInAs(choice.browser, sandbox.users.admin);
    expect((await subjectOf(await choice.answer('sign-in'))).sub).toBe(sandbox.users.admin);
  });

  it('select_account: is not pressed by another site or by another user', async () => {
    const choice = await visit(chen(), { prompt: 'select_account' });
    expect(await choice.say('select_account', {}, { origin: 'https://evil.example' })).not.toContain(
      '/oauth/authorize/',
    );
    choice.browser.userId = sandbox.users.admin;
    expect(await choice.say('select_account')).not.toContain('/oauth/authorize/');
  });

  it('select_account: asks nobody who has to sign in anyway', async () => {
    const choice = await visit(browserOf(undefined), { prompt: 'select_account' });
    expect((await choice.view()).step).toBe('sign-in');
    signInAs(choice.browser, sandbox.users.chen);
    expect((await subjectOf(await choice.answer('sign-in'))).sub).toBe(sandbox.users.chen);
  });

  it('select_account login consent: asks for the password, then for consent', async () => {
    const all = await visit(chen(), { prompt: 'select_account login consent' });
    signInAs(all.browser, sandbox.users.admin);
    all.arrive(await all.answer('sign-in'));
    expect((await all.view()).step).toBe('consent');
    expect((await subjectOf(await all.answer('consent', ticked('openid')))).sub).toBe(sandbox.users.admin);
  });

  it('gives nothing away before the account is chosen', async () => {
    await visit(chen(), { prompt: 'select_account' });
    const grants = await database().grantContext.count({ where: { sandboxId: sandbox.id } });
    await visit(chen(), { prompt: 'select_account' });
    expect(await database().grantContext.count({ where: { sandboxId: sandbox.id } })).toBe(grants);
  });
});

describe('an account that is no member', () => {
  it('gives way to another one in the same request', async () => {
    const lost = await visit(browserOf(sandbox.users.stranger), {});
    expect((await lost.view()).step).toBe('not-a-member');
    signInAs(lost.browser, sandbox.users.chen);
    expect((await subjectOf(await lost.answer('sign-in'))).sub).toBe(sandbox.users.chen);
  });
});

describe('max_age', () => {
  it.each(['0', '60'])('%s: requires the password again, and reports when it was given', async (maxAge) => {
    const again = await visit(chen(), { max_age: maxAge });
    expect((await again.view()).step).toBe('sign-in');
    expect(await again.say('sign-in')).toContain('?problem=sign-in');
    signInAs(again.browser, sandbox.users.chen);
    const { auth_time: authTime } = await subjectOf(await again.answer('sign-in'));
    expect(authTime).toBe(again.browser.signedInAt);
  });

  it.each(['0', '60'])('%s: cannot be met without asking', async (maxAge) => {
    expect((await outcomeOf(chen(), { max_age: maxAge, prompt: 'none' })).error).toBe('login_required');
  });

  it('7200: is met by somebody who signed in an hour ago', async () => {
    expect((await subjectOf(await open(chen(), { max_age: '7200', prompt: 'none' }))).auth_time).toBeDefined();
  });

  it.each(['-1', '1.5', 'soon', '99999999999999999999', 'NaN'])('%s: is refused', async (maxAge) => {
    expect(await outcomeOf(chen(), { max_age: maxAge })).toMatchObject({
      error: 'invalid_request',
      state: 'the state',
    });
  });
});

describe('id_token_hint', () => {
  const hint = async (userId = sandbox.users.chen, clientId = trusted) =>
    (await tokensFor(browserOf(userId), clientId, { scope })).id_token;

  it('of the user who is signed in changes nothing', async () => {
    const given = await outcomeOf(chen(), { id_token_hint: await hint(), prompt: 'none' });
    expect(given.code).toBeDefined();
  });

  it('of another user is an error for an app that must not ask; otherwise that user has to sign in', async () => {
    const ofAdmin = await hint(sandbox.users.admin);
    expect((await outcomeOf(chen(), { id_token_hint: ofAdmin, prompt: 'none' })).error).toBe('login_required');
    const other = await visit(chen(), { id_token_hint: ofAdmin });
    expect((await other.view()).step).toBe('sign-in');
    signInAs(other.browser, sandbox.users.chen);
    expect((await other.view()).step).toBe('sign-in');
    expect(await other.say('sign-in')).toContain('?problem=sign-in');
    signInAs(other.browser, sandbox.users.admin);
    expect((await subjectOf(await other.answer('sign-in'))).sub).toBe(sandbox.users.admin);
  });

  it('is checked again when the request goes on', async () => {
    const ofAdmin = await hint(sandbox.users.admin);
    const other = await visit(chen(), { id_token_hint: ofAdmin, prompt: 'login' });
    signInAs(other.browser, sandbox.users.admin);
    const goOn = await other.say('sign-in');
    signInAs(other.browser, sandbox.users.chen);
    const response = await other.browser.visit(goOn);
    expect(response.headers.get('location') ?? '').not.toContain('code=');
  });

  it('that has expired still says who it was about', async () => {
    const [row] = await database().signingKey.findMany({ where: { sandboxId: sandbox.id, retiredAt: null } });
    const jwk = row?.privateJwk as { alg?: string };
    const expired = await signed(await importJWK(jwk, 'RS256'), { exp: now() - 86_400, kid: row?.kid });
    expect((await outcomeOf(chen(), { id_token_hint: expired, prompt: 'none' })).code).toBeDefined();
  });

  it.each([
    ['nonsense', async () => 'nonsense'],
    ['a signature of somebody else', async () => signed((await generateKeyPair('RS256')).privateKey)],
    ['another app', () => asking],
    ['another sandbox', () => 'sandbox'],
  ])('with %s is refused', async (_, make) => {
    const made = await make();
    const value = made === asking ? await hintOf(asking) : made === 'sandbox' ? await foreignHint() : made;
    const answer = await outcomeOf(chen(), { id_token_hint: value });
    expect(answer).toMatchObject({ error: 'invalid_request', state: 'the state' });
    expect(answer.code).toBeUndefined();
  });

  function signed(key: SigningKey, { exp = now() + 600, kid }: { exp?: number; kid?: string | undefined } = {}) {
    return new SignJWT({ sub: sandbox.users.chen, aud: trusted, iss: issuerOf(sandbox.slug) })
      .setProtectedHeader({ alg: 'RS256', ...(kid ? { kid } : {}) })
      .setIssuedAt(exp - 60)
      .setExpirationTime(exp)
      .sign(key);
  }

  async function hintOf(clientId: string): Promise<string> {
    const first = await visit(chen(), {}, clientId);
    const { code = '' } = answerToApp(await first.answer('consent', ticked('openid')));
    return (await (await post(sandbox, 'token', exchangeFields(clientId, code))).json()).id_token;
  }

  async function foreignHint(): Promise<string> {
    const other = await makeSandbox();
    const twin = await makeClient(other, { clientId: trusted });
    return (await tokensFor(new Browser(other, other.users.chen), twin, { scope })).id_token;
  }
});

describe('state and iss', () => {
  it.each<[string, Asked]>([
    ['a code', {}],
    ['an error', { prompt: 'none login' }],
    ['a refusal', { prompt: 'none', max_age: '0' }],
  ])('come back with %s, as they were sent', async (_, parameters) => {
    const state = 'a & b=c #d "é" 漢';
    expect(await outcomeOf(chen(), { ...parameters, state })).toMatchObject({ state, iss: issuerOf(sandbox.slug) });
  });

  it('is not invented when the app sent none', async () => {
    expect(await outcomeOf(chen(), { state: undefined })).not.toHaveProperty('state');
  });
});
