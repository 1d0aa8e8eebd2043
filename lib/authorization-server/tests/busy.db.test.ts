import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { setRegistrationMode } from '#lib/data/client/registration-mode.ts';
import { connection, database } from '#lib/data/database/database.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import { forClient } from '#lib/work/waiting-client.ts';
import { answerOauth } from '../answer-oauth.ts';
import { post } from './browser.ts';
import { makeClient, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  await setRegistrationMode(sandbox.id, 'open');
  clientId = await makeClient(sandbox);
});
afterEach(() => vi.restoreAllMocks());

async function requireBusy(answer: Response): Promise<void> {
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  const { error, error_description } = await answer.json();
  expect([error, error_description]).toEqual(['temporarily_unavailable', expect.stringMatching(/[Tt]ry again|undone/)]);
}

it('a request that finds the database busy before oidc-provider is asked', async () => {
  const busy = Object.assign(new Error('too many connections'), { code: '53300' });
  vi.spyOn(connection().driver, 'send').mockRejectedValue(busy);
  await requireBusy(
    await post(sandbox, 'token', { grant_type: 'refresh_token', refresh_token: 'x', client_id: clientId }),
  );
});

it('a registration whose client has gone registers nothing', async () => {
  vi.spyOn(log, 'error').mockImplementation(() => {});
  const before = await database().client.count();
  const request = new Request(`${env().origin}/${sandbox.slug}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: ['https://app.example/'], client_name: 'App', scope: 'openid' }),
  });
  await requireBusy(
    await forClient(AbortSignal.abort(), () => answerOauth(request, sandbox.slug, async () => undefined)),
  );
  expect(await database().client.count()).toBe(before);
});
