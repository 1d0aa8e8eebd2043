import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { issuerOf } from '#lib/env.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, tokensFor } from './browser.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture, secret } from './sandbox-fixture.ts';
import { listenToStatements, statementsOf } from './statements.ts';

let sandbox: SandboxFixture;
let trusted: string;

beforeAll(async () => {
  listenToStatements();
  sandbox = await makeSandbox();
  trusted = await makeClient(sandbox);
  // The provider of the sandbox makes its keys with the first request.
  await post(sandbox, 'token', {});
});

/** A browser in which the clinician has signed in already. */
async function chen(): Promise<Browser> {
  const browser = new Browser(sandbox, sandbox.users.chen);
  await browser.session();
  return browser;
}

/** The first words of the statements, reads and writes, that are sent to the database while the server answers. */
async function trips(answering: () => Promise<Response>, status: number): Promise<string[]> {
  let answer: Response | undefined;
  const statements = await statementsOf(async () => {
    answer = await answering();
  });
  expect(answer?.status, await answer?.clone().text()).toBe(status);
  return statements.map((statement) => statement.split(/\s/)[0] ?? '');
}

const refreshFields = (refresh_token: string) => ({ grant_type: 'refresh_token', refresh_token, client_id: trusted });

describe('one query and one write: the statements of', () => {
  it('a launch at the authorization endpoint', async () => {
    const url = authorizeUrl(sandbox, trusted, { launch: await makeLaunch(sandbox, trusted) });
    const browser = await chen();
    expect(await trips(() => browser.visit(url), 303)).toEqual(['SELECT', 'WITH']);
  });

  it('a launch in a browser that has a session', async () => {
    const browser = await chen();
    await tokensFor(browser, trusted, { launch: await makeLaunch(sandbox, trusted) });
    const url = authorizeUrl(sandbox, trusted, { launch: await makeLaunch(sandbox, trusted) });
    expect(await trips(() => browser.visit(url), 303)).toEqual(['SELECT', 'WITH']);
  });

  it('an authorization request that is refused, which leaves a session', async () => {
    const url = authorizeUrl(sandbox, trusted, { aud: 'https://elsewhere.example/fhir' });
    const browser = await chen();
    expect(await trips(() => browser.visit(url), 303)).toEqual(['SELECT', 'WITH']);
  });

  it('a code exchange', async () => {
    const url = authorizeUrl(sandbox, trusted, { launch: await makeLaunch(sandbox, trusted) });
    const { code = '' } = answerToApp(await (await chen()).visit(url));
    const exchange = () => post(sandbox, 'token', exchangeFields(trusted, code));
    expect(await trips(exchange, 200)).toEqual(['SELECT', 'WITH']);
  });

  it('a refresh', async () => {
    const tokens = await tokensFor(await chen(), trusted, { launch: await makeLaunch(sandbox, trusted) });
    const refresh = () => post(sandbox, 'token', refreshFields(tokens.refresh_token));
    expect(await trips(refresh, 200)).toEqual(['SELECT', 'WITH']);
  });

  it('a refresh with online_access, which looks whether the session lives', async () => {
    const online = { launch: await makeLaunch(sandbox, trusted), scope: 'openid online_access' };
    const tokens = await tokensFor(await chen(), trusted, online);
    const refresh = () => post(sandbox, 'token', refreshFields(tokens.refresh_token));
    expect(await trips(refresh, 200)).toEqual(['SELECT', 'SELECT', 'WITH']);
  });

  it('introspection by the client itself, and by another one', async () => {
    const { access_token: token } = await tokensFor(await chen(), trusted, {
      launch: await makeLaunch(sandbox, trusted),
    });
    const own = () => post(sandbox, 'introspect', { token, client_id: trusted });
    expect(await trips(own, 200)).toEqual(['SELECT', 'SELECT']);
    const server = await makeClient(sandbox, { type: 'secret' });
    const others = () => post(sandbox, 'introspect', { token, client_id: server, client_secret: secret });
    expect(await trips(others, 200)).toEqual(['SELECT', 'SELECT']);
  });

  it('revocation', async () => {
    const { refresh_token: token } = await tokensFor(await chen(), trusted, {
      launch: await makeLaunch(sandbox, trusted),
    });
    expect(await trips(() => post(sandbox, 'revoke', { token, client_id: trusted }), 200)).toEqual(['SELECT', 'WITH']);
  });

  it('a token of a backend service', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES384');
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES384', use: 'sig' }] };
    const service = await makeClient(sandbox, { type: 'jwks', jwks, scope: 'system/*.rs', redirectUris: [] });
    const assertion = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES384', kid: 'k', typ: 'JWT' })
      .setIssuer(service)
      .setSubject(service)
      .setAudience(`${issuerOf(sandbox.slug)}/oauth/token`)
      .setIssuedAt()
      .setExpirationTime('2m')
      .sign(privateKey);
    const ask = () =>
      post(sandbox, 'token', {
        grant_type: 'client_credentials',
        scope: 'system/Patient.rs',
        client_assertion: assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      });
    expect(await trips(ask, 200)).toEqual(['SELECT', 'WITH']);
  });

  it('discovery', async () => {
    const browser = await chen();
    expect(await trips(() => browser.visit(`/${sandbox.slug}/oauth/jwks`), 200)).toEqual(['SELECT']);
  });
});
