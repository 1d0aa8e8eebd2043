import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { endAllSessions, endSession } from '#lib/data/session/end-sessions.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, tokensFor } from './browser.ts';
import { otherProcess } from './other-process.ts';
import { makeClient, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';
import { ticked, Visit } from './visit.ts';

const scope = 'openid user/*.rs online_access';

let sandbox: SandboxFixture;
let trusted: string;
let asking: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  trusted = await makeClient(sandbox);
  asking = await makeClient(sandbox, { trusted: false });
});

/** Every ending of a browser's session. The browser still has all its cookies afterwards, as a copy of it would. */
const endings: Record<string, (browser: Browser) => Promise<unknown>> = {
  'a sign-out': ({ userId = '', sessions }) => endSession(userId, sessions.get(userId)?.id ?? ''),
  'an end of all sessions': ({ userId = '' }) => endAllSessions(userId),
  'the idle limit': ({ userId = '' }) =>
    database().ehrSession.updateMany({ where: { userId }, data: { lastUsedAt: new Date('2026-01-01') } }),
  'the absolute limit': ({ userId = '' }) =>
    database().ehrSession.updateMany({ where: { userId }, data: { endsAt: new Date() } }),
};

async function chen(): Promise<Browser> {
  await database().ehrSession.deleteMany({ where: { userId: sandbox.users.chen } });
  return new Browser(sandbox, sandbox.users.chen);
}

const refused = { status: 400, error: 'invalid_grant' };

async function refresh(refresh_token: string, by = post): Promise<{ status: number; error?: string }> {
  const fields = { grant_type: 'refresh_token', refresh_token, client_id: trusted };
  const answer = await by(sandbox, 'token', fields);
  return { status: answer.status, error: (await answer.json()).error };
}

describe.each(Object.entries(endings))('after %s a copy of the browser', (_, end) => {
  it('authorizes nothing', async () => {
    const browser = await chen();
    await tokensFor(browser, trusted, { scope });
    await end(browser);
    const silent = await browser.visit(authorizeUrl(sandbox, trusted, { scope, prompt: 'none' }));
    expect(answerToApp(silent).error).toBe('login_required');
    const visit = await new Visit(browser).start(trusted, { scope });
    expect((await visit.view()).step).toBe('sign-in');
    expect(await visit.say('sign-in')).not.toContain('/oauth/authorize/');
  });

  it('refreshes nothing that it was given with online_access, in any process', async () => {
    const browser = await chen();
    const { refresh_token } = await tokensFor(browser, trusted, { scope });
    await end(browser);
    expect(await refresh(refresh_token)).toEqual(refused);
    expect(await refresh(refresh_token, await otherProcess())).toEqual(refused);
  });

  it('does not go on where its user had just signed in', async () => {
    const browser = await chen();
    browser.userId = undefined;
    const visit = await new Visit(browser).start(trusted, { scope });
    browser.userId = sandbox.users.chen;
    const onward = await visit.say('sign-in');
    expect(onward).toContain('/oauth/authorize/');
    await end(browser);
    const again = new Visit(browser).arrive(await browser.visit(onward));
    expect((await again.view()).step).toBe('sign-in');
  });

  it('does not go on where its user had just allowed the app', async () => {
    const browser = await chen();
    const visit = await new Visit(browser).start(asking, { scope });
    const onward = await visit.say('consent', ticked('openid', 'user/*.rs'));
    expect(onward).toContain('/oauth/authorize/');
    await end(browser);
    const answer = await browser.visit(onward);
    expect(answer.headers.get('location') ?? '').not.toContain('code=');
  });

  it('allows no app on a page that was open', async () => {
    const browser = await chen();
    const visit = await new Visit(browser).start(asking, { scope });
    await end(browser);
    expect(await visit.say('consent', ticked('openid', 'user/*.rs'))).not.toContain('/oauth/authorize/');
    expect((await visit.view()).step).toBe('sign-in');
  });
});

it('a page of consent that was open in a session is not answered in the next one of the same user', async () => {
  const browser = await chen();
  const visit = await new Visit(browser).start(asking, { scope });
  await endAllSessions(sandbox.users.chen);
  browser.sessions.clear();
  expect((await visit.view()).step).toBe('expired');
  expect(await visit.say('consent', ticked('openid', 'user/*.rs'))).not.toContain('/oauth/authorize/');
});

it('signing in again in the same browser keeps what apps were given in the session', async () => {
  const browser = await chen();
  const { refresh_token } = await tokensFor(browser, trusted, { scope });
  browser.signedInAt = Math.floor(Date.now() / 1000) + 1;
  await browser.session();
  expect((await refresh(refresh_token)).status).toBe(200);
});

it('a session that ended leaves the others of the user, and their apps', async () => {
  const [browser, other] = [await chen(), new Browser(sandbox, sandbox.users.chen)];
  const kept = await tokensFor(other, trusted, { scope });
  await tokensFor(browser, trusted, { scope });
  await endings['a sign-out']?.(browser);
  expect((await refresh(kept.refresh_token)).status).toBe(200);
});

it('a user who must change the password authorizes nothing until then', async () => {
  const browser = await chen();
  const changed = (mustChangePassword: boolean) =>
    database().user.update({ where: { id: sandbox.users.chen }, data: { mustChangePassword } });
  await changed(true);
  const silent = await browser.visit(authorizeUrl(sandbox, trusted, { scope, prompt: 'none' }));
  expect(answerToApp(silent).error).toBe('login_required');
  const visit = await new Visit(browser).start(trusted, { scope });
  expect((await visit.view()).step).toBe('sign-in');
  expect(await visit.say('sign-in')).not.toContain('/oauth/authorize/');
  await changed(false);
  const { code = '' } = answerToApp(await visit.answer('sign-in'));
  expect((await post(sandbox, 'token', exchangeFields(trusted, code))).status).toBe(200);
});
