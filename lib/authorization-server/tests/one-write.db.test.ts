import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { secretHash } from '#lib/data/database/secret-hash.ts';
import { log } from '#lib/log/log.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, type TokenResponse, tokensFor } from './browser.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';
import { atOnce, listenToStatements, withoutWrites } from './statements.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  listenToStatements();
  sandbox = await makeSandbox();
});

beforeEach(async () => {
  clientId = await makeClient(sandbox);
});

const chen = () => new Browser(sandbox, sandbox.users.chen);
const launched = async () => authorizeUrl(sandbox, clientId, { launch: await makeLaunch(sandbox, clientId) });
const codeOf = async () => answerToApp(await chen().visit(await launched())).code ?? '';
const exchange = (code: string) => post(sandbox, 'token', exchangeFields(clientId, code));
const refresh = ({ refresh_token }: TokenResponse) =>
  post(sandbox, 'token', { grant_type: 'refresh_token', refresh_token, client_id: clientId });
const tokens = async () => tokensFor(chen(), clientId, { launch: await makeLaunch(sandbox, clientId) });

/** The number of artifacts of each kind that the app has. */
async function kept(): Promise<Record<string, number>> {
  const rows = await database().oidcPayload.findMany({
    where: { sandboxId: sandbox.id, payload: { path: ['clientId'], equals: clientId } },
    select: { model: true },
  });
  return Object.fromEntries([...Map.groupBy(rows, ({ model }) => model)].map(([model, some]) => [model, some.length]));
}

const contexts = () => database().grantContext.count({ where: { sandboxId: sandbox.id, clientId } });
const statuses = (answers: Response[]) => answers.map(({ status }) => status).sort();

describe('of requests at the same moment', () => {
  it('one gets tokens for a code, and the others write nothing', async () => {
    const code = await codeOf();
    const answers = await atOnce(5, () => exchange(code));
    expect(statuses(answers)).toEqual([200, 400, 400, 400, 400]);
    for (const answer of answers.filter(({ status }) => status === 400)) {
      expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(await kept()).toMatchObject({ AccessToken: 1, RefreshToken: 1 });
  });

  it('one rotates a refresh token, and the others write nothing', async () => {
    const first = await tokens();
    const answers = await atOnce(5, () => refresh(first));
    expect(statuses(answers)).toEqual([200, 400, 400, 400, 400]);
    expect(await kept()).toMatchObject({ AccessToken: 2, RefreshToken: 2 });
  });

  it('one opens a launch, and the others are refused because it was used', async () => {
    const url = await launched();
    const answers = (await atOnce(5, () => chen().visit(url))).map(answerToApp);
    expect(answers.filter(({ code }) => code)).toHaveLength(1);
    const refused = answers.filter(({ error }) => error);
    expect(refused).toHaveLength(4);
    for (const { error, error_description, state, iss, code } of refused) {
      expect({ error, state, code }).toEqual({ error: 'invalid_request', state: 'the state', code: undefined });
      expect(error_description).toMatch(/already used/);
      expect(iss).toMatch(sandbox.slug);
    }
    expect(await kept()).toMatchObject({ Grant: 1, AuthorizationCode: 1 });
    expect(await contexts()).toBe(1);
  });

  it('either the refresh counts or the revocation: no token outlives its grant', async () => {
    for (let round = 0; round < 5; round++) {
      const first = await tokens();
      const revoke = post(sandbox, 'revoke', { token: first.refresh_token, client_id: clientId });
      const [renewed, revoked] = await Promise.all([refresh(first), revoke]);
      expect(revoked.status).toBe(200);
      if (renewed.status !== 200) continue;
      const { access_token: token, refresh_token } = await renewed.json();
      const introspected = await post(sandbox, 'introspect', { token, client_id: clientId });
      expect(await introspected.json()).toEqual({ active: false });
      expect((await refresh({ ...first, refresh_token })).status).toBe(400);
    }
  });
});

describe('when the write fails', () => {
  beforeEach(() => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {});
    return () => logged.mockRestore();
  });

  it('no code leaves, and the launch can still be used', async () => {
    const url = await launched();
    const browser = chen();
    await browser.session();
    const failed = await withoutWrites(() => browser.visit(url));
    expect(failed.status).toBe(500);
    expect(failed.headers.get('location')).toBeNull();
    expect(failed.headers.getSetCookie()).toEqual([]);
    expect([await kept(), await contexts()]).toEqual([{}, 0]);
    expect(answerToApp(await chen().visit(url)).code).toBeDefined();
  });

  it('no token leaves, and the code can still be exchanged', async () => {
    const code = await codeOf();
    const failed = await withoutWrites(() => exchange(code));
    expect([failed.status, await failed.json()]).toEqual([500, expect.objectContaining({ error: 'server_error' })]);
    expect(await kept()).toEqual({ Grant: 1, AuthorizationCode: 1 });
    expect((await exchange(code)).status).toBe(200);
  });

  it('no token leaves, and the refresh token can still be used', async () => {
    const first = await tokens();
    const before = await kept();
    const failed = await withoutWrites(() => refresh(first));
    expect([failed.status, Object.keys(await failed.json()).sort()]).toEqual([500, ['error', 'error_description']]);
    expect(await kept()).toEqual(before);
    expect((await refresh(first)).status).toBe(200);
  });

  it('nothing is revoked, and the app does not hear that it was', async () => {
    const { access_token: token } = await tokens();
    const fields = { token, client_id: clientId };
    expect((await withoutWrites(() => post(sandbox, 'revoke', fields))).status).toBe(500);
    expect(await (await post(sandbox, 'introspect', fields)).json()).toMatchObject({ active: true });
  });
});

it('a refusal after the code was taken uses up the code and leaves no token', async () => {
  const code = await codeOf();
  await database().membership.deleteMany({ where: { sandboxId: sandbox.id, userId: sandbox.users.chen } });
  const refused = await exchange(code);
  const restored = { sandboxId: sandbox.id, userId: sandbox.users.chen, role: 'clinician', fhirUser: null } as const;
  await database().membership.create({ data: restored });
  expect(await refused.json()).toMatchObject({ error: 'invalid_grant' });
  expect(await kept()).toEqual({ Grant: 1, AuthorizationCode: 1 });
  const row = await database().oidcPayload.findFirst({ where: { sandboxId: sandbox.id, id: secretHash(code) } });
  expect(row?.consumedAt).toBeInstanceOf(Date);
});

it('a code that comes again ends its grant, though the answer is a refusal', async () => {
  const code = await codeOf();
  const { access_token: token } = await (await exchange(code)).json();
  expect((await exchange(code)).status).toBe(400);
  const introspected = await post(sandbox, 'introspect', { token, client_id: clientId });
  expect(await introspected.json()).toEqual({ active: false });
  expect([await kept(), await contexts()]).toEqual([{}, 0]);
});
