import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { secretHash } from '#lib/data/database/secret-hash.ts';
import { usesNoted } from '#lib/data/last-use.ts';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { Browser, post, tokensFor } from './browser.ts';
import { appUri, makeClient, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
});

const issued = (scope: string, app = clientId) =>
  tokensFor(new Browser(sandbox, sandbox.users.chen), app, { scope, nonce: undefined });

function ask(token: string | undefined, init: RequestInit = {}, { slug } = sandbox): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  const request = new Request(`${env().origin}/${slug}/oauth/userinfo`, { ...init, headers });
  return answerOauth(request, slug, async () => undefined);
}

const fhirUser = () => `${env().origin}/${sandbox.slug}/fhir/Practitioner/dr-chen`;

describe('userinfo tells', () => {
  it.each([
    ['openid', () => ({})],
    ['openid fhirUser', () => ({ fhirUser: fhirUser(), profile: fhirUser() })],
    [
      'openid profile',
      () => ({ fhirUser: fhirUser(), profile: fhirUser(), name: 'Dr. Chen', preferred_username: expect.any(String) }),
    ],
  ])('what %s opens, and no more', async (scope, claims) => {
    const { access_token } = await issued(scope);
    const response = await ask(access_token);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ sub: sandbox.users.chen, ...claims() });
  });

  it('the same by POST, with the token in the header or in the form', async () => {
    const { access_token } = await issued('openid fhirUser');
    const expected = { sub: sandbox.users.chen, fhirUser: fhirUser(), profile: fhirUser() };
    expect(await (await ask(access_token, { method: 'POST' })).json()).toEqual(expected);
    const body = new URLSearchParams({ access_token });
    expect(await (await ask(undefined, { method: 'POST', body })).json()).toEqual(expected);
  });

  it('the same subject as the id_token and introspection', async () => {
    const { access_token, id_token } = await issued('openid');
    const claims = JSON.parse(Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString());
    const introspected = await (await post(sandbox, 'introspect', { token: access_token, client_id: clientId })).json();
    expect([claims.sub, introspected.sub]).toEqual([sandbox.users.chen, sandbox.users.chen]);
  });

  it("pages of the app's origin, and no other", async () => {
    const { access_token } = await issued('openid');
    const { origin } = new URL(appUri);
    const own = await ask(access_token, { headers: { origin } });
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    const foreign = await ask(access_token, { headers: { origin: 'https://evil.example' } });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('userinfo refuses', () => {
  const expired = async () => {
    const { access_token } = await issued('openid');
    const where = { sandboxId: sandbox.id, id: secretHash(access_token) };
    const { payload } = await database().oidcPayload.findFirstOrThrow({ where });
    await database().oidcPayload.updateMany({ where, data: { payload: { ...(payload as object), exp: 1 } } });
    return access_token;
  };
  const revoked = async () => {
    const { access_token } = await issued('openid');
    await post(sandbox, 'revoke', { token: access_token, client_id: clientId });
    return access_token;
  };
  const refreshToken = async () => (await issued('openid offline_access')).refresh_token;

  it.each<[string, () => Promise<string>]>([
    ['an unknown token', async () => 'unknown'],
    ['an expired token', expired],
    ['a revoked token', revoked],
    ['a refresh token', refreshToken],
  ])('%s', async (_, token) => {
    const response = await ask(await token());
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
    expect((await response.json()).error).toBe('invalid_token');
  });

  it('a request without a token', async () => {
    const response = await ask(undefined);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(`Bearer realm="${env().origin}/${sandbox.slug}"`);
  });

  it('a token without openid, and names the scope', async () => {
    const response = await ask((await issued('user/*.rs')).access_token);
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toMatch(
      /error="insufficient_scope".*scope="openid"|scope="openid".*error="insufficient_scope"/,
    );
  });

  it('the token of another sandbox', async () => {
    const other = await makeSandbox();
    const { access_token } = await issued('openid');
    expect((await ask(access_token, {}, other)).status).toBe(401);
  });

  it('who is no member any more', async () => {
    const other = await makeSandbox();
    const app = await makeClient(other);
    const { access_token } = await tokensFor(new Browser(other, other.users.chen), app, { scope: 'openid' });
    await database().membership.deleteMany({ where: { sandboxId: other.id, userId: other.users.chen } });
    const response = await ask(access_token, {}, other);
    expect(response.status).toBe(401);
    expect(await response.json()).not.toHaveProperty('sub');
  });
});

describe('the last use of a grant', () => {
  async function longUnused() {
    const tokens = await issued('openid offline_access');
    const { grantId } = await database().oidcPayload.findFirstOrThrow({
      where: { sandboxId: sandbox.id, id: secretHash(tokens.access_token) },
    });
    const where = { grantId: grantId ?? '' };
    await database().grantContext.update({ where, data: { lastUsedAt: new Date(0) } });
    const used = async () => {
      await usesNoted();
      return (await database().grantContext.findUniqueOrThrow({ where })).lastUsedAt.getTime();
    };
    return { ...tokens, used };
  }

  it('is noted when its token is shown at userinfo', async () => {
    const { access_token, used } = await longUnused();
    await ask(access_token);
    expect(await used()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('is noted when it is refreshed', async () => {
    const { refresh_token, used } = await longUnused();
    await post(sandbox, 'token', { grant_type: 'refresh_token', refresh_token, client_id: clientId });
    expect(await used()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('is not noted when it is refused, or when a server asks about it', async () => {
    const { access_token, refresh_token, used } = await longUnused();
    await ask('unknown');
    await post(sandbox, 'token', {
      grant_type: 'refresh_token',
      refresh_token,
      client_id: clientId,
      scope: 'user/*.rs',
    });
    await post(sandbox, 'introspect', { token: access_token, client_id: clientId });
    expect(await used()).toBe(0);
  });
});
