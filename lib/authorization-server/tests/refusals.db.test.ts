import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { hashLaunchId, withdrawLaunch } from '#lib/data/launch/launches.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, tokensFor, verifier } from './browser.ts';
import { appUri, makeClient, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
});

const chen = () => new Browser(sandbox, sandbox.users.chen);
type Parameters = Record<string, string | undefined>;

async function refused(parameters: Parameters, browser = chen(), app = clientId) {
  const answer = answerToApp(await browser.visit(authorizeUrl(sandbox, app, parameters)));
  expect(answer.code).toBeUndefined();
  expect(answer.state).toBe('the state');
  return answer;
}

describe('authorize tells the app', () => {
  it.each<[string, Parameters, string, RegExp]>([
    ['that aud is missing', { aud: undefined }, 'invalid_request', /aud is missing/],
    ['that aud is another server', { aud: 'https://evil.example/fhir' }, 'invalid_request', /aud names another server/],
    [
      'that PKCE is missing',
      { code_challenge: undefined, code_challenge_method: undefined },
      'invalid_request',
      /PKCE/,
    ],
    ['that PKCE must not be plain', { code_challenge_method: 'plain' }, 'invalid_request', /code_challenge_method/],
    [
      'that the PKCE method is missing',
      { code_challenge_method: undefined },
      'invalid_request',
      /code_challenge_method/,
    ],
    [
      'that the response type is not supported',
      { response_type: 'token' },
      'unsupported_response_type',
      /response_type/,
    ],
    ['that scope is missing', { scope: undefined, nonce: undefined }, 'invalid_scope', /scope is missing/],
    ['that no scope is known', { scope: 'email', nonce: undefined }, 'invalid_scope', /None of the requested scopes/],
    ['that nothing may be granted', { scope: 'system/*.rs', nonce: undefined }, 'invalid_scope', /None/],
    ['that the launch id is unknown', { launch: 'nothing' }, 'invalid_request', /not known/],
    ['that the launch id in scope is unknown', { scope: 'openid launch:nothing' }, 'invalid_request', /not known/],
  ])('%s', async (_, parameters, error, description) => {
    const answer = await refused(parameters);
    expect(answer.error).toBe(error);
    expect(answer.error_description).toMatch(description);
  });

  it('that a launch id was used already', async () => {
    const launch = await makeLaunch(sandbox, clientId);
    await tokensFor(chen(), clientId, { launch });
    expect((await refused({ launch })).error_description).toMatch(/already used/);
  });

  it('that a launch id has expired', async () => {
    const launch = await makeLaunch(sandbox, clientId);
    await database().launchContext.update({
      where: { launchId: hashLaunchId(launch) },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect((await refused({ launch })).error_description).toMatch(/expired/);
  });

  it('that a launch was withdrawn', async () => {
    const launch = await makeLaunch(sandbox, clientId);
    expect(await withdrawLaunch(sandbox.id, hashLaunchId(launch))).toBe(true);
    expect((await refused({ launch })).error_description).toMatch(/withdrawn/);
  });

  it('that a launch id was made for another app', async () => {
    const launch = await makeLaunch(sandbox, await makeClient(sandbox));
    expect((await refused({ launch })).error_description).toMatch(/another app/);
  });

  it('that a launch id was made for another user, who can still use it', async () => {
    const launch = await makeLaunch(sandbox, clientId);
    const answer = await refused({ launch }, new Browser(sandbox, sandbox.users.admin));
    expect(answer.error_description).toMatch(/another user/);
    expect((await tokensFor(chen(), clientId, { launch })).patient).toBe('baby');
  });

  it('that a launch id belongs to another sandbox', async () => {
    const other = await makeSandbox();
    const launch = await makeLaunch(other, await makeClient(other, { clientId }));
    expect((await refused({ launch })).error_description).toMatch(/another sandbox/);
  });

  it('that a patient user cannot have a launch about somebody else', async () => {
    const launch = await makeLaunch(sandbox, clientId, { patient: 'baby' }, sandbox.users.peter);
    const answer = await refused({ launch }, new Browser(sandbox, sandbox.users.peter));
    expect(answer).toMatchObject({
      error: 'access_denied',
      error_description: expect.stringMatching(/another patient/),
    });
  });

  it('that nobody is signed in, when it must not ask', async () => {
    expect((await refused({ prompt: 'none' }, new Browser(sandbox))).error).toBe('login_required');
  });
});

describe('authorize shows a page, and sends nothing anywhere,', () => {
  it.each<[string, Parameters, RegExp]>([
    ['for an unknown client', { client_id: 'unknown-app' }, /No app with this client_id/],
    ['for an absent client', { client_id: undefined }, /client_id/],
    ['for another redirect_uri', { redirect_uri: 'https://evil.example/callback' }, /redirect_uri/],
    ['for a redirect_uri that begins alike', { redirect_uri: `${appUri}/more` }, /redirect_uri/],
    ['for a redirect_uri with a query', { redirect_uri: `${appUri}?more` }, /redirect_uri/],
    ['for an absent redirect_uri', { redirect_uri: undefined }, /redirect_uri/],
  ])('%s', async (_, parameters, text) => {
    await expectPage(parameters, text);
  });

  it('for a disabled client', async () => {
    const disabled = await makeClient(sandbox, { enabled: false });
    await expectPage({ client_id: disabled }, /The app is disabled in this sandbox/);
  });

  it('and escapes what the request says', async () => {
    const page = await expectPage({ client_id: '<script>alert(1)</script>' }, /client_id/);
    expect(page).not.toContain('<script>');
  });

  async function expectPage(parameters: Parameters, text: RegExp): Promise<string> {
    const response = await chen().visit(authorizeUrl(sandbox, clientId, parameters));
    const page = await response.text();
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(page).toMatch(text);
    expect(page).toContain(`Hospital ${sandbox.slug}`);
    return page;
  }
});

describe('token refuses', () => {
  async function newCode(parameters: Parameters = {}, app = clientId): Promise<string> {
    const launch = await makeLaunch(sandbox, app);
    return answerToApp(await chen().visit(authorizeUrl(sandbox, app, { launch, ...parameters }))).code ?? '';
  }

  it.each<[string, Record<string, string>, string, RegExp]>([
    ['no verifier', { code_verifier: '' }, 'invalid_grant', /code_verifier must be provided/],
    ['a wrong verifier', { code_verifier: `${verifier}x` }, 'invalid_grant', /does not match/],
    ['another redirect_uri', { redirect_uri: `${appUri}/other` }, 'invalid_grant', /redirect_uri mismatch/],
    ['an unknown code', { code: 'unknown' }, 'invalid_grant', /not found/],
    ['an unknown client', { client_id: 'unknown-app' }, 'invalid_client', /client not found/],
    ['an unknown grant type', { grant_type: 'password' }, 'unsupported_grant_type', /grant_type/],
  ])('%s', async (_, fields, error, description) => {
    const response = await post(sandbox, 'token', { ...exchangeFields(clientId, await newCode()), ...fields });
    expect([400, 401]).toContain(response.status);
    const body = await response.json();
    expect(body.error).toBe(error);
    expect(body.error_description).toMatch(description);
    expect(body.access_token).toBeUndefined();
  });

  it('a code a second time, and takes back what it gave', async () => {
    const code = await newCode();
    const first = await (await post(sandbox, 'token', exchangeFields(clientId, code))).json();
    const second = await post(sandbox, 'token', exchangeFields(clientId, code));
    expect([second.status, (await second.json()).error]).toEqual([400, 'invalid_grant']);
    const introspected = await post(sandbox, 'introspect', { token: first.access_token, client_id: clientId });
    expect(await introspected.json()).toEqual({ active: false });
  });

  it('all but one of several exchanges of a code at once', async () => {
    const code = await newCode();
    const attempts = [1, 2, 3, 4].map(() => post(sandbox, 'token', exchangeFields(clientId, code)));
    const statuses = (await Promise.all(attempts)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 400, 400, 400]);
  });

  it("another client's code", async () => {
    const other = await makeClient(sandbox);
    const response = await post(sandbox, 'token', { ...exchangeFields(clientId, await newCode()), client_id: other });
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_grant']);
  });

  it('a verifier for a code that had no challenge [SMART 31]', async () => {
    const old = await makeClient(sandbox, { requirePkce: false });
    const code = await newCode({ code_challenge: undefined, code_challenge_method: undefined }, old);
    const response = await post(sandbox, 'token', exchangeFields(old, code));
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_grant']);
  });

  it('an app that was disabled meanwhile', async () => {
    const doomed = await makeClient(sandbox);
    const code = await newCode({}, doomed);
    await database().client.update({
      where: { sandboxId_clientId: { sandboxId: sandbox.id, clientId: doomed } },
      data: { enabled: false },
    });
    const response = await post(sandbox, 'token', exchangeFields(doomed, code));
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_client']);
  });
});

it('redeems a launch once when two tabs bring it at the same moment', async () => {
  const launch = await makeLaunch(sandbox, clientId);
  const tabs = [chen(), chen(), chen()].map((browser) => browser.visit(authorizeUrl(sandbox, clientId, { launch })));
  const answers = (await Promise.all(tabs)).map(answerToApp);
  expect(answers.filter(({ code }) => code)).toHaveLength(1);
});

it('answers a body of impossible length before it reads all of it', async () => {
  const response = await post(sandbox, 'token', { code: 'x'.repeat(100_000) });
  expect(response.status).toBe(413);
});
