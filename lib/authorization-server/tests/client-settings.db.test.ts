import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { Browser, post, type TokenResponse, tokensFor } from './browser.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture, secret } from './sandbox-fixture.ts';

const day = 24 * 3600;
let sandbox: SandboxFixture;

beforeAll(async () => {
  sandbox = await makeSandbox();
});

async function launched(clientId: string, scope: string): Promise<TokenResponse> {
  const launch = await makeLaunch(sandbox, clientId);
  return tokensFor(new Browser(sandbox, sandbox.users.chen), clientId, { launch, scope });
}

/** The lifetime, in seconds, of the newest artifact of a kind that a client holds. */
async function keptFor(clientId: string, model: string): Promise<number> {
  const held = await database().oidcPayload.findFirst({
    where: { sandboxId: sandbox.id, model, payload: { path: ['clientId'], equals: clientId } },
    orderBy: { expiresAt: 'desc' },
  });
  return Math.round(((held?.expiresAt?.getTime() ?? 0) - Date.now()) / 1000);
}

const offline = 'openid launch patient/*.rs offline_access';
const online = 'openid launch patient/*.rs online_access';

describe('lifetimes', () => {
  it('are as long as usual unless the registration says otherwise', async () => {
    const clientId = await makeClient(sandbox);
    expect((await launched(clientId, offline)).expires_in).toBe(3600);
    expect(Math.abs((await keptFor(clientId, 'RefreshToken')) - 90 * day)).toBeLessThan(60);
  });

  it('of access tokens are in expires_in, after a refresh too', async () => {
    const clientId = await makeClient(sandbox, { accessTokenLifetime: 120 });
    const { expires_in, refresh_token } = await launched(clientId, offline);
    expect(expires_in).toBe(120);
    const refresh = { grant_type: 'refresh_token', refresh_token, client_id: clientId };
    expect((await (await post(sandbox, 'token', refresh)).json()).expires_in).toBe(120);
  });

  it.each([
    [undefined, 300],
    [900, 900],
  ])('of a backend service that registered %s are %i seconds', async (chosen, expected) => {
    const settings = chosen ? { accessTokenLifetime: chosen } : {};
    const scope = 'system/*.rs';
    const clientId = await makeClient(sandbox, { type: 'secret', scope, redirectUris: [], ...settings });
    const grant = { grant_type: 'client_credentials', scope };
    const response = await post(sandbox, 'token', { ...grant, client_id: clientId, client_secret: secret });
    expect((await response.json()).expires_in).toBe(expected);
  });

  it('of refresh tokens may be longer than usual, and the grant lives as long', async () => {
    const clientId = await makeClient(sandbox, { refreshTokenLifetime: 365 * day });
    await launched(clientId, offline);
    for (const model of ['RefreshToken', 'Grant']) {
      expect(Math.abs((await keptFor(clientId, model)) - 365 * day)).toBeLessThan(60);
    }
  });

  it.each([
    [300, offline, 300],
    [300, online, 300],
    [30 * day, online, day / 2],
  ])('of refresh tokens: %i registered, with %s, are %i', async (refreshTokenLifetime, scope, expected) => {
    const clientId = await makeClient(sandbox, { refreshTokenLifetime });
    await launched(clientId, scope);
    expect(Math.abs((await keptFor(clientId, 'RefreshToken')) - expected)).toBeLessThan(60);
  });
});

describe('origins', () => {
  /** The response that a page at `origin` gets for a refresh with an unknown token. */
  async function asked(clientId: string, origin: string) {
    const request = new Request(`${env().origin}/${sandbox.slug}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x', client_id: clientId }),
      headers: { origin },
    });
    const response = await answerOauth(request, sandbox.slug, async () => undefined);
    return { readableFrom: response.headers.get('access-control-allow-origin'), ...(await response.json()) };
  }

  it('beside those of the redirect URIs may call the token endpoint, and no others', async () => {
    const clientId = await makeClient(sandbox, { origins: ['https://spa.example', 'https://spa.example:8443'] });
    for (const origin of ['https://spa.example', 'https://spa.example:8443', 'https://app.example']) {
      expect(await asked(clientId, origin)).toMatchObject({ readableFrom: origin, error: 'invalid_grant' });
    }
    for (const origin of ['https://spa.example:9', 'https://spa.example.evil.example']) {
      expect(await asked(clientId, origin)).toMatchObject({ readableFrom: null, error: 'invalid_request' });
    }
  });

  it('are those of one client, not of all', async () => {
    await makeClient(sandbox, { origins: ['https://spa.example'] });
    expect((await asked(await makeClient(sandbox), 'https://spa.example')).error).toBe('invalid_request');
  });
});
