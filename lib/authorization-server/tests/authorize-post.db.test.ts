import { beforeAll, describe, expect, it } from 'vitest';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post } from './browser.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const queryOf = (parameters: Record<string, string | undefined> = {}) =>
  authorizeUrl(sandbox, clientId, parameters).split('?')[1] ?? '';

/** Posts a form on another site: the browser sends it without our cookies and names its origin. */
function postFromElsewhere(body: BodyInit, headers: Record<string, string> = form): Promise<Response> {
  const request = new Request(`${env().origin}/${sandbox.slug}/oauth/authorize`, {
    method: 'POST',
    body,
    headers: { ...headers, origin: 'https://app.example', 'sec-fetch-site': 'cross-site' },
  });
  return answerOauth(request, sandbox.slug, async () => undefined);
}

describe('an authorization request by POST', () => {
  it('from another site ends with a code for who is signed in, as by GET [SMART 49 354]', async () => {
    const launch = await makeLaunch(sandbox, clientId);
    const sent = await postFromElsewhere(queryOf({ launch, state: 'a&b=ü' }));
    expect(sent.status).toBe(303);
    const browser = new Browser(sandbox, sandbox.users.chen);
    const answer = answerToApp(await browser.visit(sent.headers.get('location') ?? ''));
    expect(answer.state).toBe('a&b=ü');
    const tokens = await post(sandbox, 'token', exchangeFields(clientId, answer.code ?? ''));
    expect((await tokens.json()).patient).toBe('baby');
  });

  it('goes on at our own origin, whatever host it was sent to', async () => {
    const request = new Request(`http://evil.example/${sandbox.slug}/oauth/authorize`, {
      method: 'POST',
      body: queryOf(),
      headers: form,
    });
    const sent = await answerOauth(request, sandbox.slug, async () => undefined);
    expect(sent.headers.get('location')).toMatch(`${env().origin}/${sandbox.slug}/oauth/authorize?`);
  });

  it('is refused as by GET: a parameter sent twice', async () => {
    const sent = await postFromElsewhere(`${queryOf()}&state=another`);
    const answer = await new Browser(sandbox, sandbox.users.chen).visit(sent.headers.get('location') ?? '');
    expect(answerToApp(answer)).toMatchObject({ error: 'invalid_request' });
    const twice = await postFromElsewhere(`${queryOf()}&redirect_uri=https://evil.example/`);
    const page = await new Browser(sandbox, sandbox.users.chen).visit(twice.headers.get('location') ?? '');
    expect([page.status, page.headers.get('location')]).toEqual([400, null]);
  });

  it.each([
    ['as multipart', { 'content-type': 'multipart/form-data; boundary=x' }, 400],
    ['as JSON', { 'content-type': 'application/json' }, 400],
    ['without a type', { 'content-type': '' }, 400],
  ])('is refused %s', async (_, headers, status) => {
    const refused = await postFromElsewhere(queryOf(), headers);
    expect([refused.status, refused.headers.get('location')]).toEqual([status, null]);
  });

  it.each([
    ['longer than an address can be', 13_000, 400],
    ['longer than any request', 70_000, 413],
  ])('is refused %s', async (_, length, status) => {
    const refused = await postFromElsewhere(`${queryOf()}&more=${'x'.repeat(length)}`);
    expect([refused.status, refused.headers.get('location')]).toEqual([status, null]);
  });

  it('is refused where it is no text', async () => {
    const refused = await postFromElsewhere(`${queryOf()}&more=%ff%fe`);
    expect([refused.status, refused.headers.get('location')]).toEqual([400, null]);
  });
});
