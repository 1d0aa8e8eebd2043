/** Bundled apps at an origin of their own: what is registered by path follows them, and the EHR knows their pages. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isOriginOfEnabledClient } from '#lib/data/client/origins.ts';
import { database } from '#lib/data/database/database.ts';
import { findLaunchTarget } from '#lib/data/launch/refusals.ts';
import { findClientByLaunchUri } from '#lib/data/launch/uris.ts';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { authorizeUrl, Browser, exchangeFields, post } from './browser.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

const samples = 'http://127.0.0.1:3000';
// Set before anything reads it.
vi.hoisted(() => {
  process.env.SAMPLES_URL = 'http://127.0.0.1:3000';
});

let sandbox: SandboxFixture;
let without: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox, { redirectUris: ['/samples/chart/'] });
  await database().client.update({
    where: { sandboxId_clientId: { sandboxId: sandbox.id, clientId } },
    data: { launchUri: '/samples/chart/launch' },
  });
  without = await makeSandbox();
  await makeClient(without, { redirectUris: ['/samples/chart/'], enabled: false });
  await makeClient(without, { redirectUris: ['/samplesque/', 'https://app.example/samples/'] });
});

it('runs with two origins', () =>
  expect(env()).toMatchObject({ origin: 'http://localhost:3000', samplesOrigin: samples }));

async function authorize(redirect_uri: string): Promise<Response> {
  const launch = await makeLaunch(sandbox, clientId);
  return new Browser(sandbox, sandbox.users.chen).visit(authorizeUrl(sandbox, clientId, { launch, redirect_uri }));
}

it('sends the code to the origin of the apps, and exchanges it for their pages', async () => {
  const redirect_uri = `${samples}/samples/chart/`;
  const location = (await authorize(redirect_uri)).headers.get('location') ?? '';
  expect(location.startsWith(`${redirect_uri}?`)).toBe(true);
  const code = new URL(location).searchParams.get('code') ?? '';
  const answer = await post(sandbox, 'token', { ...exchangeFields(clientId, code), redirect_uri }, { origin: samples });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, samples]);
});

it('sends none to the place where the apps are without it', async () => {
  const answer = await authorize(`${env().origin}/samples/chart/`);
  expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
});

describe('the pages of the apps', () => {
  it.each([
    ['read answers where an app of theirs is enabled', () => sandbox, true],
    ['and no others', () => without, false],
  ])('%s', async (_, where, allowed) => {
    const { slug } = where();
    expect(await isOriginOfEnabledClient(slug, samples)).toBe(allowed);
    expect(await isOriginOfEnabledClient(slug, 'http://127.0.0.1:3001')).toBe(false);
    const headers = { origin: samples, 'access-control-request-method': 'POST' };
    const request = new Request(`${env().origin}/${slug}/oauth/token`, { method: 'OPTIONS', headers });
    const answer = await answerOauth(request, slug, async () => undefined);
    expect(answer.headers.get('access-control-allow-origin')).toBe(allowed ? samples : null);
  });
});

it('launches the apps there, whichever of our origins a service names', async () => {
  const asked = { sandboxId: sandbox.id, clientId, userId: sandbox.users.chen, parameters: {}, origin: 'ui' } as const;
  expect(await findLaunchTarget(asked)).toMatchObject({ launchUri: `${samples}/samples/chart/launch` });
  for (const uri of [samples, env().origin].map((origin) => `${origin}/samples/chart/launch`))
    expect(await findClientByLaunchUri(sandbox.id, uri), uri).toBe(clientId);
  expect(await findClientByLaunchUri(sandbox.id, 'http://127.0.0.1:3001/samples/chart/launch')).toBeUndefined();
});
