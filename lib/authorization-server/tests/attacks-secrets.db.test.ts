/** Secrets must not appear in plain text in the database, in logs, in answers to others, or in stored registrations. */

import { inspect } from 'node:util';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { makeInitialAccessToken } from '#lib/data/client/initial-access-tokens.ts';
import { setRegistrationMode } from '#lib/data/client/registration-mode.ts';
import { connection, database } from '#lib/data/database/database.ts';
import { hashPassword } from '#lib/data/member/passwords.ts';
import { env } from '#lib/env.ts';
import { captureLog } from '#lib/log/tests/captured-log.ts';
import { answerOauth } from '../answer-oauth.ts';
import { answerToApp, authorizeUrl, exchangeFields, post, verifier } from './browser.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture, secret } from './sandbox-fixture.ts';
import { ticked, Visit } from './visit.ts';

let sandbox: SandboxFixture;
let clientId: string;
/** All secrets, as their owners received them, by name. */
const secrets: Record<string, string> = {};
const password = 'the password of Dr. Chen';

function register(body: unknown, token = secrets['initial access token'] ?? ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const init = { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
  const request = new Request(`${env().origin}/${sandbox.slug}/oauth/register`, init);
  return answerOauth(request, sandbox.slug, async () => undefined);
}

const tokenOf = (fields: Record<string, string>) =>
  post(sandbox, 'token', { ...fields, client_id: clientId, client_secret: secret });
const app = { redirect_uris: ['https://app.example/callback'], client_name: 'Self-made', scope: 'openid patient/*.rs' };

/** Goes through a complete flow: launch, consent, code, tokens, refresh; and an app that registers itself. */
beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox, { type: 'secret', trusted: false });
  await database().user.update({
    where: { id: sandbox.users.chen },
    data: { passwordHash: await hashPassword(password) },
  });
  await setRegistrationMode(sandbox.id, 'token');
  const launch = await makeLaunch(sandbox, clientId);
  const visit = await Visit.by(sandbox, sandbox.users.chen).start(clientId, { launch });
  const legacy = await makeLaunch(sandbox, clientId);
  await Visit.by(sandbox, sandbox.users.chen).start(clientId, { scope: `openid patient/*.rs launch:${legacy}` });
  const allowed = ['openid', 'fhirUser', 'launch', 'patient/*.rs', 'offline_access'];
  const { code = '' } = answerToApp(await visit.answer('consent', ticked(...allowed)));
  const first = await (await tokenOf(exchangeFields(clientId, code))).json();
  const next = await (await tokenOf({ grant_type: 'refresh_token', refresh_token: first.refresh_token })).json();
  const initial = await makeInitialAccessToken(sandbox.id, { label: 'x', madeBy: 'x', expiresAt: null });
  const registered = await (
    await register({ ...app, token_endpoint_auth_method: 'client_secret_basic' }, initial)
  ).json();
  const unused = answerToApp(await (await Visit.by(sandbox, sandbox.users.chen).start(clientId)).answer('deny'));
  expect(unused.error).toBe('access_denied');
  Object.assign(secrets, {
    code,
    'launch id': launch,
    'launch id in scope': legacy,
    'code verifier': verifier,
    password,
    'client secret': secret,
    'access token': first.access_token,
    'refresh token': first.refresh_token,
    'id token': first.id_token,
    'next access token': next.access_token,
    'next refresh token': next.refresh_token,
    'initial access token': initial,
    'registered secret': registered.client_secret,
    'registration access token': registered.registration_access_token,
    session: visit.browser.cookies.get(`/${sandbox.slug} _session`) ?? '',
  });
});

it('knows all of them', () => {
  expect(Object.entries(secrets).filter(([, value]) => (value?.length ?? 0) < 16)).toEqual([]);
  expect(Object.keys(secrets)).toHaveLength(15);
});

it('no column of the database holds one in plain text', async () => {
  const tables = await database().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
  expect(tables.length).toBeGreaterThan(15);
  for (const { name } of tables) {
    const rows = await database().$queryRawUnsafe<{ text: string }[]>(
      `SELECT to_jsonb(t)::text AS text FROM "${name}" t`,
    );
    const text = rows.map((row) => row.text).join('\n');
    for (const [what, value] of Object.entries(secrets)) {
      expect([name, what, text.includes(value)]).toEqual([name, what, false]);
    }
  }
});

describe('whatever goes wrong', () => {
  /** Runs `act` and returns everything that it logged. */
  async function printedBy(act: () => Promise<unknown>): Promise<string> {
    const spies = (['log', 'info', 'warn', 'error', 'debug', 'trace'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation(() => {}),
    );
    const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockReturnValue(true));
    const logged = captureLog();
    await act();
    const calls = [...spies, ...streams].flatMap(({ mock }) => mock.calls);
    for (const spy of [...spies, ...streams]) spy.mockRestore();
    logged.end();
    return [...calls.map((call) => inspect(call, { depth: 8 })), logged.text()].join('\n');
  }

  /** Requests that send every secret to an endpoint that refuses it. */
  async function everyRefusal(): Promise<string[]> {
    const answers: Response[] = [];
    for (const value of Object.values(secrets)) {
      answers.push(await post(sandbox, 'token', { ...exchangeFields(clientId, value), client_secret: `${value}x` }));
      answers.push(
        await post(sandbox, 'token', { grant_type: 'refresh_token', refresh_token: value, client_id: value }),
      );
      const assertion = {
        client_assertion: value,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      };
      answers.push(await post(sandbox, 'token', { grant_type: 'client_credentials', ...assertion }));
      answers.push(await post(sandbox, 'revoke', { token: value, client_id: clientId, client_secret: 'wrong' }));
      answers.push(
        await post(sandbox, 'introspect', { token: `${value}x`, client_id: clientId, client_secret: secret }),
      );
      answers.push(await register(app, `${value}x`));
      const url = authorizeUrl(sandbox, clientId, { launch: value, redirect_uri: 'https://evil.example' });
      answers.push(await answerOauth(new Request(new URL(url, env().origin)), sandbox.slug, async () => undefined));
    }
    return Promise.all(answers.map(async (answer) => `${[...answer.headers].join('\n')}\n${await answer.text()}`));
  }

  function expectNone(text: string): void {
    for (const [what, value] of Object.entries(secrets)) expect([what, text.includes(value)]).toEqual([what, false]);
  }

  it('no secret stands in a log, nor in what is answered', async () => {
    let answers: string[] = [];
    const printed = await printedBy(async () => {
      answers = await everyRefusal();
    });
    expect(answers.length).toBe(7 * Object.keys(secrets).length);
    expectNone(printed);
    for (const answer of answers) expectNone(answer.replaceAll(/<dd><code>[^<]*<\/code>/g, ''));
  });

  it('a failure of the server is logged without any', async () => {
    const failing = vi.spyOn(connection().driver, 'send').mockRejectedValue(new Error('the database is gone'));
    let thrown: unknown[] = [];
    const printed = await printedBy(async () => {
      const settled = await Promise.allSettled([
        tokenOf(exchangeFields(clientId, secrets.code ?? '')),
        tokenOf({ grant_type: 'refresh_token', refresh_token: secrets['refresh token'] ?? '' }),
      ]);
      thrown = settled.flatMap((one) => (one.status === 'rejected' ? [inspect(one.reason, { depth: 8 })] : []));
    });
    failing.mockRestore();
    // What is thrown, the framework prints.
    const said = [printed, ...thrown].join('\n');
    expect(said).toContain('the database is gone');
    expectNone(said);
  });
});

describe('an app that registers itself with what cannot be stored', () => {
  it.each<[string, unknown]>([
    ['NUL in its name', { ...app, client_name: 'a\0b' }],
    ['NUL in a contact', { ...app, contacts: ['a\0b'] }],
    [
      'NUL in a key',
      { ...app, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ kty: 'EC', kid: '\0' }] } },
    ],
    ['NUL in its software', { ...app, software_id: '\0', software_version: '\0' }],
    ['NUL in an address', { ...app, redirect_uris: ['https://app.example/\0'] }],
    [
      'arrays without end',
      `{"redirect_uris":["https://app.example/callback"],"contacts":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    ],
    ['a script for a logo', { ...app, logo_uri: 'javascript:alert(1)' }],
    ['a script for its home', { ...app, client_uri: 'javascript:alert(1)', tos_uri: 'data:text/html,x' }],
  ])('is refused without a server error: %s', async (_, body) => {
    const response = await register(body);
    expect([response.status, (await response.json()).error]).toEqual([400, expect.stringMatching(/^invalid_/)]);
  });

  it('is refused for a name that is no text', async () => {
    const response = await register(`{"redirect_uris":["https://app.example/callback"],"client_name":"a\\ud800b"}`);
    const { error, error_description: why } = await response.json();
    expect([response.status, error, why]).toEqual([
      400,
      'invalid_client_metadata',
      expect.stringMatching(/client_name/),
    ]);
  });

  it('gets none of its scopes that are no text', async () => {
    const named = `{"redirect_uris":["https://app.example/callback"],"client_name":"a","scope":"openid \\u0000 patient/*.rs"}`;
    const response = await register(named);
    expect([response.status, (await response.json()).scope]).toEqual([201, 'openid patient/*.rs']);
  });
});
