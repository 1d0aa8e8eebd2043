import { beforeAll, expect, test } from 'vitest';
import { answerToApp, authorizeUrl, Browser, tokensFor } from './browser.ts';
import { makeClient, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
});

test('an app that sends a nonce and asks for no id_token gets its tokens all the same', async () => {
  const tokens = await tokensFor(new Browser(sandbox, sandbox.users.chen), clientId, { scope: 'user/*.rs' });
  expect(tokens).toMatchObject({ scope: 'user/*.rs', token_type: 'Bearer' });
  expect(tokens).not.toHaveProperty('id_token');
});

test('other OpenID Connect parameters are not silently dropped: an app may rely on them', async () => {
  const browser = new Browser(sandbox, sandbox.users.chen);
  const asked = { scope: 'user/*.rs', nonce: undefined, max_age: '1' };
  const answer = answerToApp(await browser.visit(authorizeUrl(sandbox, clientId, asked)));
  expect(answer).toMatchObject({ error: 'invalid_request', state: 'the state' });
});
