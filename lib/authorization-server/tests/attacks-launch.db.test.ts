/** Attacks on launch ids: guessing them, and reading them where they are stored. */
import { beforeEach, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { guessLimit } from '#lib/data/launch/guesses.ts';
import { hashLaunchId } from '#lib/data/launch/launches.ts';
import { answerToApp, authorizeUrl, Browser } from './browser.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeEach(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
});

const chen = () => new Browser(sandbox, sandbox.users.chen);
const tooMany = /^Too many launch ids/;

async function bring(launch: string, browser = chen(), app = clientId, more: Record<string, string> = {}) {
  return answerToApp(await browser.visit(authorizeUrl(sandbox, app, { launch, ...more })));
}

async function exhaust(browser: () => Browser): Promise<void> {
  const foreign = await makeLaunch(sandbox, await makeClient(sandbox));
  for (let guess = 0; guess < guessLimit.attempts; guess += 1) {
    const answer = await bring(guess % 2 ? `guess-${guess}` : foreign, browser());
    expect(answer.error_description).toMatch(/not known|another app/);
  }
}

it('refuses whoever guesses too often, and then answers hits and misses alike', async () => {
  await exhaust(chen);
  const launch = await makeLaunch(sandbox, clientId);
  for (const brought of ['one-more', launch]) {
    const { error, error_description, state, code } = await bring(brought);
    expect({ error, state, code }).toEqual({ error: 'invalid_request', state: 'the state', code: undefined });
    expect(error_description).toMatch(tooMany);
  }
  const legacy = await chen().visit(authorizeUrl(sandbox, clientId, { scope: `openid user/*.rs launch:${launch}` }));
  expect(answerToApp(legacy).error_description).toMatch(tooMany);
  await database().failedAttempt.updateMany({ data: { windowStartedAt: new Date(Date.now() - 15 * 60_000 - 1) } });
  expect((await bring(launch)).code).toBeDefined();
});

it('does not make anybody else wait: another user, another sandbox, whoever needs no launch', async () => {
  await exhaust(chen);
  const launch = await makeLaunch(sandbox, clientId, { patient: 'baby' }, sandbox.users.admin);
  expect((await bring(launch, new Browser(sandbox, sandbox.users.admin))).code).toBeDefined();
  const other = await makeSandbox();
  const app = await makeClient(other, { clientId });
  const there = new Browser(other, other.users.chen);
  const url = authorizeUrl(other, app, { launch: await makeLaunch(other, app) });
  expect(answerToApp(await there.visit(url)).code).toBeDefined();
  const standalone = authorizeUrl(sandbox, clientId, { scope: 'openid user/*.rs' });
  expect(answerToApp(await chen().visit(standalone)).code).toBeDefined();
});

it('counts by app where nobody is signed in, and then refuses that app only, and only those who are not signed in', async () => {
  await exhaust(() => new Browser(sandbox));
  const launch = await makeLaunch(sandbox, clientId);
  expect((await bring(launch, new Browser(sandbox))).error_description).toMatch(tooMany);
  expect((await bring(launch)).code).toBeDefined();
  const app = await makeClient(sandbox);
  const response = await new Browser(sandbox).visit(
    authorizeUrl(sandbox, app, { launch: await makeLaunch(sandbox, app) }),
  );
  expect(response.headers.get('location')).toContain('/oauth/interaction/');
});

it('counts nothing for a launch of one’s own that is over', async () => {
  const launch = await makeLaunch(sandbox, clientId);
  expect((await bring(launch)).code).toBeDefined();
  for (let time = 0; time <= guessLimit.attempts; time += 1) {
    expect((await bring(launch)).error_description).toMatch(/already used/);
  }
  expect(await database().failedAttempt.count({ where: { subject: { startsWith: `launch ${sandbox.id} ` } } })).toBe(0);
});

it('counts tries that are made at the same moment', async () => {
  const answers = await Promise.all(
    Array.from({ length: guessLimit.attempts + 5 }, (_, guess) => bring(`guess-${guess}`)),
  );
  expect(answers.filter(({ error_description }) => tooMany.test(error_description ?? ''))).toHaveLength(5);
});

it('stores the hash of a launch id, with which nobody can open an app', async () => {
  const launch = await makeLaunch(sandbox, clientId);
  const stored = hashLaunchId(launch);
  expect(await database().launchContext.count({ where: { launchId: stored } })).toBe(1);
  expect(await database().launchContext.count({ where: { launchId: launch } })).toBe(0);
  expect((await bring(stored)).error_description).toMatch(/not known/);
  expect((await bring(launch)).code).toBeDefined();
});
