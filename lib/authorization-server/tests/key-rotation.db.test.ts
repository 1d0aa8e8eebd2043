import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import {
  describeSigningKeys,
  findSigningKeys,
  retirementSeconds,
  rotateSigningKeys,
  sweepSigningKeys,
} from '#lib/data/token/signing-keys.ts';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, tokensFor } from './browser.ts';
import { otherProcess } from './other-process.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;
let browser: Browser;

beforeEach(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
  browser = new Browser(sandbox, sandbox.users.chen);
});

async function idToken(): Promise<string> {
  return (await tokensFor(browser, clientId, { launch: await makeLaunch(sandbox, clientId) })).id_token;
}

async function published(): Promise<JSONWebKeySet> {
  const request = new Request(`${env().origin}/${sandbox.slug}/oauth/jwks`);
  return (await answerOauth(request, sandbox.slug, async () => undefined)).json();
}

const kidsOf = async () => (await published()).keys.map(({ kid }) => kid);
const kidOf = (token: string) => decodeProtectedHeader(token).kid;
const verifies = async (token: string) =>
  jwtVerify(token, createLocalJWKSet(await published())).then(
    () => true,
    () => false,
  );
const afterwards = (seconds: number) => new Date(Date.now() + seconds * 1000);

async function hintIsAccepted(hint: string): Promise<boolean> {
  const launch = await makeLaunch(sandbox, clientId);
  const url = authorizeUrl(sandbox, clientId, { id_token_hint: hint, prompt: 'none', launch });
  const answer = answerToApp(await browser.visit(url));
  return answer.code !== undefined;
}

describe('after a rotation', () => {
  it('new keys sign, here and in every other process, and old ones verify', async () => {
    const elsewhere = await otherProcess();
    const old = await idToken();
    await elsewhere(sandbox, 'token', { grant_type: 'refresh_token' });
    await rotateSigningKeys(sandbox.id);
    const young = await idToken();
    expect(kidOf(young)).not.toBe(kidOf(old));
    expect([await verifies(old), await verifies(young)]).toEqual([true, true]);
    const launch = await makeLaunch(sandbox, clientId);
    const { code = '' } = answerToApp(await browser.visit(authorizeUrl(sandbox, clientId, { launch })));
    const tokens = await (await elsewhere(sandbox, 'token', exchangeFields(clientId, code))).json();
    expect(kidOf(tokens.id_token)).toBe(kidOf(young));
  });

  it('an id_token_hint signed by an old key is accepted for as long as the key is published', async () => {
    const hint = await idToken();
    await rotateSigningKeys(sandbox.id);
    expect(await hintIsAccepted(hint)).toBe(true);
    await sweepSigningKeys(afterwards(retirementSeconds + 1));
    expect([await verifies(hint), await hintIsAccepted(hint)]).toEqual([false, false]);
  });

  it('old keys go when the last id_token that they signed has expired, not before', async () => {
    const { iat = 0, exp = Number.POSITIVE_INFINITY } = decodeJwt(await idToken());
    const [before, other] = [await kidsOf(), await makeSandbox()];
    await findSigningKeys(other.id);
    await rotateSigningKeys(sandbox.id);
    await sweepSigningKeys(afterwards(exp - iat));
    expect(await kidsOf()).toEqual(expect.arrayContaining(before));
    await sweepSigningKeys(afterwards(retirementSeconds + 1));
    const left = await kidsOf();
    expect(left).toHaveLength(2);
    expect(left.some((kid) => before.includes(kid))).toBe(false);
    expect(await findSigningKeys(other.id)).toHaveLength(2);
  });

  it('each algorithm has one key that signs, though several rotate at once', async () => {
    await kidsOf();
    await Promise.all([1, 2, 3].map(() => rotateSigningKeys(sandbox.id)));
    const keys = await describeSigningKeys(sandbox.id);
    expect(keys).toHaveLength(8);
    const signing = keys.filter(({ retiredAt }) => retiredAt === null);
    expect(signing.map(({ alg }) => alg).sort()).toEqual(['ES384', 'RS256']);
    expect(keys.slice(0, 2)).toEqual(signing);
    expect([signing.map(({ kid }) => kid)]).toContainEqual((await kidsOf()).slice(0, 2));
  });
});

it('no private part of a key is published or shown', async () => {
  await kidsOf();
  await rotateSigningKeys(sandbox.id);
  const shown = JSON.stringify([await published(), await describeSigningKeys(sandbox.id)]);
  const kept = await database().signingKey.findMany({ where: { sandboxId: sandbox.id } });
  for (const { privateJwk } of kept) {
    const { d } = privateJwk as { d: string };
    expect(d.length).toBeGreaterThan(40);
    expect(shown).not.toContain(d);
  }
  expect(shown).not.toMatch(/"(d|p|q|dp|dq|qi)":/);
});
