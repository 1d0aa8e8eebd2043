/** The audit records of what the authorization server gives, refuses and takes back. */
import { beforeAll, describe, expect, it } from 'vitest';
import { eventsOf } from '#lib/audit/tests/events.ts';
import { database } from '#lib/data/database/database.ts';
import { calledFrom } from '#lib/http/caller/caller-address.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, tokensFor } from './browser.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture, secret } from './sandbox-fixture.ts';
import { Visit } from './visit.ts';

let sandbox: SandboxFixture;
let clientId: string;
let username: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
  username = (await database().user.findUniqueOrThrow({ where: { id: sandbox.users.chen } })).username;
});

const events = (...work: (() => Promise<unknown>)[]) => calledFrom('192.0.2.9', () => eventsOf(sandbox.id, ...work));
const chen = () => new Browser(sandbox, sandbox.users.chen);

async function launched(app = clientId) {
  const launch = await makeLaunch(sandbox, app, { patient: 'baby' });
  return tokensFor(chen(), app, { launch });
}

describe('the log has', () => {
  it('each token that an app got, for whom and about whom, and no secret', async () => {
    let issued: Record<string, unknown> = {};
    const [first, ...others] = await events(async () => {
      issued = { ...(await launched()) };
    });
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      interaction: 'token',
      action: 'E',
      outcome: 0,
      status: 200,
      method: 'POST',
      path: 'oauth/token',
      query: expect.stringContaining('grant_type=authorization_code&scope='),
      clientId,
      username,
      fhirUser: 'Practitioner/dr-chen',
      address: '192.0.2.9',
      patients: ['baby'],
      grantId: expect.any(String),
    });
    for (const name of ['access_token', 'refresh_token', 'id_token']) {
      if (issued[name]) expect(JSON.stringify(first)).not.toContain(issued[name]);
    }
  });

  it('a refresh, and a refusal of one', async () => {
    const { refresh_token = '' } = await launched();
    const refresh = () => post(sandbox, 'token', { grant_type: 'refresh_token', refresh_token, client_id: clientId });
    const found = await events(refresh, refresh);
    expect(found).toMatchObject([
      { interaction: 'token', status: 200, username, clientId },
      {
        interaction: 'token',
        status: 400,
        outcome: 4,
        clientId,
        query: expect.stringContaining('error=invalid_grant'),
      },
    ]);
  });

  it('an app that fails to prove who it is, once however often it tries', async () => {
    const app = await makeClient(sandbox, { type: 'secret' });
    const launch = await makeLaunch(sandbox, app, { patient: 'baby' });
    const { code = '' } = answerToApp(await chen().visit(authorizeUrl(sandbox, app, { launch })));
    const attempt = (client_secret: string) => () =>
      post(sandbox, 'token', { ...exchangeFields(app, code), client_secret });
    const found = await events(attempt('a wrong one'), attempt('a wrong one'), attempt('another'), attempt(secret));
    expect(found).toMatchObject([
      { interaction: 'client-authentication', status: 401, outcome: 4, clientId: app, query: `client_id=${app}` },
      { interaction: 'token', status: 200, clientId: app },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/wrong|another/);
  });

  it('an app that nobody knows, which is no agent of it', async () => {
    const unknown = () => post(sandbox, 'token', { ...exchangeFields('nobody-knows', 'x') });
    expect(await events(unknown)).toMatchObject([
      { interaction: 'client-authentication', clientId: null, query: 'client_id=nobody-knows' },
    ]);
  });

  it('a token that its app gave back, and nothing where there was none', async () => {
    const { refresh_token: token = '' } = await launched();
    const revoke = (value: string) => () => post(sandbox, 'revoke', { token: value, client_id: clientId });
    expect(await events(revoke(token), revoke('no such token'))).toMatchObject([
      { interaction: 'access', action: 'D', username, clientId, query: 'change=revoked&kind=RefreshToken' },
    ]);
  });

  it('what a user allowed, and that they refused', async () => {
    const app = await makeClient(sandbox, { trusted: false });
    const ask = async () => {
      const launch = await makeLaunch(sandbox, app, { patient: 'baby' });
      const asked = { launch, scope: 'launch patient/*.rs', nonce: undefined };
      return Visit.by(sandbox, sandbox.users.chen).start(app, asked);
    };
    const [allowing, denying] = [await ask(), await ask()];
    const found = await events(
      () => allowing.say('consent', { scope: 'patient/*.rs' }),
      () => denying.say('deny'),
    );
    const consent = { interaction: 'consent', username, clientId: app, address: '192.0.2.9' };
    expect(found.filter(({ interaction }) => interaction === 'consent')).toMatchObject([
      { ...consent, action: 'C', query: expect.stringContaining('answer=allowed') },
      { ...consent, action: 'D', query: expect.stringContaining('answer=denied') },
    ]);
  });
});
