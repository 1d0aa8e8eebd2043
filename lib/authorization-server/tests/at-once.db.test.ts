/** What works once is sent four times at the same moment, to two processes: one wins, the others are refused in form. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { setRegistrationMode } from '#lib/data/client/registration-mode.ts';
import { database } from '#lib/data/database/database.ts';
import { hashLaunchId, withdrawLaunch } from '#lib/data/launch/launches.ts';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, tokensFor } from './browser.ts';
import { askToken, makeKey, makeService, sign } from './key-client.ts';
import { appUri, makeClient, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';
import { ticked, Visit } from './visit.ts';

let sandbox: SandboxFixture;
let processes: (typeof answerOauth)[];

beforeAll(async () => {
  sandbox = await makeSandbox();
  await setRegistrationMode(sandbox.id, 'open');
  vi.resetModules();
  processes = [answerOauth, (await import('../answer-oauth.ts')).answerOauth];
});

type Call = (send: (path: string, init?: RequestInit) => Promise<Response>) => Promise<Response>;

/** Sends the calls at the same moment, to the two processes in turn. */
function atOnce(calls: Call[]): Promise<Response[]> {
  return Promise.all(
    calls.map((call, index) =>
      call((path, init) => {
        const request = new Request(`${env().origin}/${sandbox.slug}/oauth/${path}`, init);
        return (processes[index % 2] ?? answerOauth)(request, sandbox.slug, async () => undefined);
      }),
    ),
  );
}

const four = (call: Call) => atOnce([call, call, call, call]);
const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });
const exchange = (clientId: string, code: string): Call => {
  return (send) => send('token', form(exchangeFields(clientId, code)));
};
const chen = () => new Browser(sandbox, sandbox.users.chen);

const app = { redirect_uris: [appUri], client_name: 'Self-made', scope: 'openid patient/*.rs' };

async function registered() {
  const json = { 'content-type': 'application/json' };
  const [answer] = await atOnce([
    (send) => send('register', { method: 'POST', body: JSON.stringify(app), headers: json }),
  ]);
  if (!answer) throw new Error('No answer.');
  const { client_id, registration_access_token: token } = await answer.json();
  const manage = (method: string, body?: object): Call => {
    const headers = { authorization: `Bearer ${token}`, ...(body ? json : {}) };
    return (send) => send(`register/${client_id}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  };
  return { client_id, manage, put: (name: string) => manage('PUT', { ...app, client_id, client_name: name }) };
}

const liveTokens = (clientId: string) =>
  database().oidcPayload.count({
    where: {
      sandboxId: sandbox.id,
      model: 'RegistrationAccessToken',
      payload: { path: ['clientId'], equals: clientId },
    },
  });

/** Expects one success, and refusals in JSON that say what is wrong. */
async function expectOneWinner(answers: Response[], refused: [status: number, error: string]): Promise<Response> {
  const [won, ...others] = answers.filter(({ ok }) => ok);
  expect([answers.map(({ status }) => status).sort(), others]).toEqual([expect.anything(), []]);
  for (const answer of answers.filter(({ ok }) => !ok)) {
    const { error, error_description } = await answer.json();
    expect([answer.status, error, error_description]).toEqual([...refused, expect.stringMatching(/./)]);
  }
  if (!won) throw new Error('Nobody won.');
  return won;
}

describe('a registration access token', () => {
  it('pays for one of four updates, and one new token lives', async () => {
    const { client_id, put } = await registered();
    const answers = await atOnce(['One', 'Two', 'Three', 'Four'].map(put));
    const { client_name, registration_access_token } = await (
      await expectOneWinner(answers, [401, 'invalid_token'])
    ).json();
    expect(registration_access_token).toMatch(/^[\w-]{43}$/);
    const where = { sandboxId_clientId: { sandboxId: sandbox.id, clientId: client_id } };
    expect((await database().client.findUnique({ where }))?.name).toBe(client_name);
    expect(await liveTokens(client_id)).toBe(1);
  });

  it('pays for one of four deletions', async () => {
    const { client_id, manage } = await registered();
    const won = await expectOneWinner(await four(manage('DELETE')), [401, 'invalid_token']);
    expect([won.status, await liveTokens(client_id)]).toEqual([204, 0]);
  });

  it('pays for an update or a deletion, and is read whole or refused meanwhile', async () => {
    const { client_id, manage, put } = await registered();
    const reads = [manage('GET'), manage('GET')];
    const [first, second, ...changes] = await atOnce([...reads, put('New'), manage('DELETE')]);
    const won = await expectOneWinner(changes, [401, 'invalid_token']);
    expect(await liveTokens(client_id)).toBe(won.status === 204 ? 0 : 1);
    for (const read of [first, second]) expect(await gist(read)).toBeOneOf([`200 ${client_id}`, '401 invalid_token']);
  });
});

async function gist(answer: Response | undefined): Promise<string> {
  const { client_id, error } = (await answer?.json()) ?? {};
  return `${answer?.status} ${client_id ?? error}`;
}

describe('at the token endpoint', () => {
  it('a code is exchanged once', async () => {
    const clientId = await makeClient(sandbox);
    const launch = await makeLaunch(sandbox, clientId);
    const { code = '' } = answerToApp(await chen().visit(authorizeUrl(sandbox, clientId, { launch })));
    await expectOneWinner(await four(exchange(clientId, code)), [400, 'invalid_grant']);
  });

  it('a refresh token is used once', async () => {
    const clientId = await makeClient(sandbox);
    const { refresh_token } = await tokensFor(chen(), clientId, { launch: await makeLaunch(sandbox, clientId) });
    const fields = { grant_type: 'refresh_token', refresh_token, client_id: clientId };
    await expectOneWinner(await four((send) => send('token', form(fields))), [400, 'invalid_grant']);
  });

  it('an assertion is accepted once', async () => {
    const key = await makeKey();
    const assertion = await sign(sandbox, await makeService(sandbox, { keys: [key] }), key);
    const ask = (send: Parameters<Call>[0]) => send('token', form(askToken(assertion)));
    await expectOneWinner(await four(ask), [401, 'invalid_client']);
  });
});

describe('in a browser', () => {
  const grants = (clientId: string) => database().grantContext.count({ where: { sandboxId: sandbox.id, clientId } });

  it('a launch opens one app', async () => {
    const clientId = await makeClient(sandbox);
    const launch = await makeLaunch(sandbox, clientId);
    const visit = () => chen().visit(authorizeUrl(sandbox, clientId, { launch }));
    const answers = (await Promise.all([visit(), visit(), visit(), visit()])).map(answerToApp);
    expect(answers.filter(({ code }) => code)).toHaveLength(1);
    expect(answers.filter(({ error }) => error === 'invalid_request')).toHaveLength(3);
    expect(await grants(clientId)).toBe(1);
  });

  it('a launch is used or withdrawn', async () => {
    const clientId = await makeClient(sandbox);
    const launch = await makeLaunch(sandbox, clientId);
    const url = authorizeUrl(sandbox, clientId, { launch });
    const withdraw = () => withdrawLaunch(sandbox.id, hashLaunchId(launch));
    const [opened, ...withdrawn] = await Promise.all([chen().visit(url), withdraw(), withdraw(), withdraw()]);
    expect(withdrawn.filter(Boolean).length + Number(answerToApp(opened).code !== undefined)).toBe(1);
  });

  it('an answer that is sent four times goes on once: one code, one grant, and pages that say it is over', async () => {
    const clientId = await makeClient(sandbox, { trusted: false });
    const visit = await Visit.by(sandbox, sandbox.users.chen).start(clientId, { scope: 'openid user/*.rs' });
    const say = () => visit.say('consent', ticked('openid', 'user/*.rs'));
    const [next = ''] = await Promise.all([say(), say(), say(), say()]);
    const resume = () => visit.browser.visit(next);
    const answers = await Promise.all([resume(), resume(), resume(), resume()]);
    const won = answers.filter((answer) => answer.headers.get('location')?.startsWith(appUri));
    expect([answers.map(({ status }) => status).sort(), won.length]).toEqual([[303, 400, 400, 400], 1]);
    expect(await grants(clientId)).toBe(1);
  });

  it('an answer that comes after the request went on does not open it again', async () => {
    const clientId = await makeClient(sandbox, { trusted: false });
    const visit = await Visit.by(sandbox, sandbox.users.chen).start(clientId, { scope: 'openid user/*.rs' });
    const say = () => visit.say('consent', ticked('openid', 'user/*.rs'));
    const late = say();
    const resumed = visit.browser.visit(await say());
    await Promise.all([late, resumed]);
    expect(await database().oidcPayload.count({ where: { sandboxId: sandbox.id, model: 'Interaction' } })).toBe(0);
  });
});
