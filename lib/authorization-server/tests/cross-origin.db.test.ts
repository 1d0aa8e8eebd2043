import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, tokensFor } from './browser.ts';
import { appUri, makeClient, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

const app = new URL(appUri).origin;
const widgets = 'https://widgets.example:8443';
const neighbour = 'https://neighbour.example';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
  await database().client.update({
    where: { sandboxId_clientId: { sandboxId: sandbox.id, clientId } },
    data: { origins: [widgets] },
  });
  await makeClient(sandbox, { redirectUris: [`${neighbour}/cb`] });
  await makeClient(sandbox, { redirectUris: ['https://disabled.example/cb'], enabled: false });
  await makeClient(sandbox, { redirectUris: ['org.example.app:/cb'] });
  await makeClient(await makeSandbox(), { redirectUris: ['https://elsewhere.example/cb'] });
});

const strangers: [string, string][] = [
  ['nobody', 'https://evil.example'],
  ['a suffix', `${app}.evil.example`],
  ['a prefix', 'https://evil-app.example'],
  ['plain http', 'http://app.example'],
  ['another port', `${app}:444`],
  ['a disabled client', 'https://disabled.example'],
  ['a client of another sandbox', 'https://elsewhere.example'],
  ['a sandboxed frame', 'null'],
];

function reader(response: Response): string | null {
  expect(response.headers.has('access-control-allow-credentials')).toBe(false);
  return response.headers.get('access-control-allow-origin');
}

function send(path: string, origin: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers({ ...(init.headers as Record<string, string>), origin });
  const request = new Request(`${env().origin}/${sandbox.slug}${path}`, { ...init, headers });
  return answerOauth(request, sandbox.slug, async () => undefined);
}

function preflight(path: string, origin: string): Promise<Response> {
  const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
  return send(path, origin, { method: 'OPTIONS', headers: asked });
}

async function code(): Promise<string> {
  const browser = new Browser(sandbox, sandbox.users.chen);
  const launch = await makeLaunch(sandbox, clientId);
  return answerToApp(await browser.visit(authorizeUrl(sandbox, clientId, { launch }))).code ?? '';
}

describe('discovery', () => {
  it.each(['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server', '/oauth/jwks'])(
    '%s may be read from every origin [SMART 16]',
    async (path) => {
      for (const origin of [app, 'https://evil.example', 'null']) {
        const response = await send(path, origin);
        expect([response.status, ['*', origin].includes(reader(response) ?? '')]).toEqual([200, true]);
        expect([204, 200]).toContain((await preflight(path, origin)).status);
      }
    },
  );
});

const endpoints = ['token', 'introspect', 'revoke', 'userinfo'];

describe('a preflight', () => {
  it.each(endpoints)('of %s is granted to the pages of every app [SMART 17]', async (endpoint) => {
    for (const origin of [app, widgets, neighbour, env().origin]) {
      const response = await preflight(`/oauth/${endpoint}`, origin);
      expect([response.status, reader(response)]).toEqual([204, origin]);
      expect(response.headers.get('access-control-allow-headers')).toBe('authorization');
    }
  });

  it.each(strangers)('is not granted to %s: %s', async (_, origin) => {
    for (const endpoint of endpoints) {
      const response = await preflight(`/oauth/${endpoint}`, origin);
      expect(reader(response)).toBeNull();
      expect(response.headers.has('access-control-allow-methods')).toBe(false);
    }
  });
});

describe('the token endpoint', () => {
  it.each([app, widgets])('answers the pages of %s, which the client registered [SMART 17]', async (origin) => {
    const response = await post(sandbox, 'token', exchangeFields(clientId, await code()), { origin });
    expect([response.status, reader(response)]).toEqual([200, origin]);
  });

  it.each([...strangers, ['another app', neighbour] as [string, string]])(
    'issues nothing to the pages of %s: %s',
    async (_, origin) => {
      const response = await post(sandbox, 'token', exchangeFields(clientId, await code()), { origin });
      expect(response.status).toBe(400);
      expect(reader(response)).toBe(origin === neighbour ? neighbour : null);
      expect(await response.json()).not.toHaveProperty('access_token');
    },
  );

  it.each([
    ['an unknown client', () => exchangeFields('nobody', 'x')],
    ['a wrong code', () => exchangeFields(clientId, 'x')],
    ['nothing at all', () => ({})],
  ])('tells the pages of every app, and no others, what is wrong with %s', async (_, fields) => {
    for (const [origin, allowed] of [
      [app, app],
      [neighbour, neighbour],
      ['https://evil.example', null],
    ] as const) {
      const response = await post(sandbox, 'token', fields(), { origin });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(reader(response)).toBe(allowed);
    }
  });
});

describe('what a token opens', () => {
  it.each(['userinfo', 'revoke', 'introspect'])('%s answers the pages of its client only', async (endpoint) => {
    const browser = new Browser(sandbox, sandbox.users.chen);
    const tokens = await tokensFor(browser, clientId, { launch: await makeLaunch(sandbox, clientId) });
    const call = (origin: string) =>
      endpoint === 'userinfo'
        ? send('/oauth/userinfo', origin, { headers: { authorization: `Bearer ${tokens.access_token}` } })
        : post(sandbox, endpoint, { client_id: clientId, token: tokens.access_token }, { origin });
    expect((await call('https://evil.example')).status).toBe(400);
    expect(reader(await call('https://evil.example'))).toBeNull();
    const own = await call(app);
    expect([own.status, reader(own)]).toEqual([200, app]);
  });

  it('is not asked for by pages at the endpoints that browsers visit', async () => {
    const response = await send(authorizeUrl(sandbox, clientId).slice(sandbox.slug.length + 1), app);
    expect(reader(response)).toBeNull();
  });
});
