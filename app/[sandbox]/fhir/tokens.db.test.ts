import { beforeAll, describe, expect, inject, it } from 'vitest';
import { Browser, post, tokensFor } from '#lib/authorization-server/tests/browser.ts';
import {
  makeClient,
  makeLaunch,
  makeSandbox,
  type SandboxFixture,
  secret,
} from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { outsideTransaction } from '#lib/data/database/ambient.ts';
import { database } from '#lib/data/database/database.ts';
import { secretHash } from '#lib/data/database/secret-hash.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { usesNoted } from '#lib/data/last-use.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { answerFhir } from '#lib/resource-server/answer-fhir.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
});

async function launched(patient = 'baby', scope = 'launch openid patient/*.rs offline_access') {
  const launch = await makeLaunch(sandbox, clientId, { patient });
  return tokensFor(new Browser(sandbox, sandbox.users.chen), clientId, { launch, scope, nonce: undefined });
}

const issued = (here: SandboxFixture, app: string, scope = 'openid user/*.rs') =>
  tokensFor(new Browser(here, here.users.chen), app, { scope });

function read(token: string, path = 'Patient/baby', { slug } = sandbox): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return answerFhir(new Request(`${fhirBaseOf(slug)}/${path}`, { headers }), slug);
}

const status = async (...asked: Parameters<typeof read>) => (await read(...asked)).status;
const stored = (token: string) => ({ sandboxId: sandbox.id, id: secretHash(token) });

describe('an access token', () => {
  it('is refused from the moment it expires [SMART 77 94]', async () => {
    const { access_token } = await launched();
    expect(await status(access_token)).toBe(200);
    await database().oidcPayload.updateMany({ where: stored(access_token), data: { expiresAt: new Date() } });
    const refused = await read(access_token);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toMatch(/error="invalid_token", error_description="[^"]*expired/);
  });

  it('opens what its scope covers, about the patient in its context, and nothing else [SMART 95]', async () => {
    const { access_token } = await launched('baby', 'launch patient/Patient.r');
    expect(await status(access_token)).toBe(200);
    expect(await status(access_token, 'Patient/peter')).toBe(404);
    expect(await status(access_token, 'Encounter/visit')).toBe(403);
  });

  it('is for the FHIR server it was asked for, and for no other sandbox [SMART 96]', async () => {
    const other = await makeSandbox();
    const { access_token } = await launched();
    expect(await status(access_token, 'Patient/baby', other)).toBe(401);
  });

  it('with fewer scopes than its refresh token opens no more than those', async () => {
    const first = await launched('baby', 'launch patient/Patient.r patient/Encounter.r offline_access');
    const fields = { grant_type: 'refresh_token', refresh_token: first.refresh_token, client_id: clientId };
    const fewer = await (await post(sandbox, 'token', { ...fields, scope: 'patient/Encounter.r' })).json();
    expect([await status(fewer.access_token, 'Encounter/visit'), await status(fewer.access_token)]).toEqual([200, 403]);
  });

  it.each(['access_token', 'refresh_token'] as const)('is refused at once after its %s was revoked', async (kind) => {
    const tokens = await launched();
    await post(sandbox, 'revoke', { token: tokens[kind], client_id: clientId });
    expect(await status(tokens.access_token)).toBe(401);
  });

  it('of a backend service lives five minutes, and is refused after it was revoked [SMART 261 265]', async () => {
    const service = await makeClient(sandbox, { type: 'secret', scope: 'system/*.rs', redirectUris: [] });
    const proof = { client_id: service, client_secret: secret };
    const asked = { grant_type: 'client_credentials', scope: 'system/*.rs', ...proof };
    const [one, two] = await Promise.all([1, 2].map(async () => (await post(sandbox, 'token', asked)).json()));
    expect([one.expires_in, one.refresh_token]).toEqual([300, undefined]);
    expect(await status(one.access_token)).toBe(200);
    await post(sandbox, 'revoke', { token: one.access_token, ...proof });
    expect([await status(one.access_token), await status(two.access_token)]).toEqual([401, 200]);
    await database().oidcPayload.updateMany({ where: stored(two.access_token), data: { expiresAt: new Date() } });
    expect(await status(two.access_token)).toBe(401);
  });
});

describe('what changes after a token was issued counts at the next request', () => {
  it('when the app is disabled, and when it is enabled again', async () => {
    const app = await makeClient(sandbox);
    const { access_token } = await issued(sandbox, app);
    const set = (enabled: boolean) =>
      database().client.update({
        where: { sandboxId_clientId: { sandboxId: sandbox.id, clientId: app } },
        data: { enabled },
      });
    await set(false);
    expect(await status(access_token)).toBe(401);
    await set(true);
    expect(await status(access_token)).toBe(200);
  });

  it('when the user becomes a patient, and when they are no member any more [SMART 119]', async () => {
    const other = await makeSandbox();
    const { access_token } = await issued(other, await makeClient(other));
    expect(await status(access_token, 'Patient/baby', other)).toBe(200);
    const membership = { sandboxId: other.id, userId: other.users.chen };
    await database().membership.updateMany({ where: membership, data: { role: 'patient', fhirUser: 'Patient/peter' } });
    expect(await status(access_token, 'Patient/baby', other)).toBe(404);
    expect(await status(access_token, 'Patient/peter', other)).toBe(200);
    await database().membership.deleteMany({ where: membership });
    expect(await status(access_token, 'Patient/peter', other)).toBe(401);
  });
});

describe('the last use of a grant', () => {
  async function longUnused() {
    const { access_token } = await launched();
    const { grantId } = await database().oidcPayload.findFirstOrThrow({ where: stored(access_token) });
    const where = { grantId: grantId ?? '' };
    await database().grantContext.update({ where, data: { lastUsedAt: new Date(0) } });
    return { access_token, where };
  }

  it('is noted when its token is shown', async () => {
    const { access_token, where } = await longUnused();
    expect(await status(access_token)).toBe(200);
    await usesNoted();
    const { lastUsedAt } = await database().grantContext.findUniqueOrThrow({ where });
    expect(lastUsedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  // Skipped on the embedded database: the transaction holds its only connection.
  it.skipIf(inject('database').kind === 'pglite')('keeps no request waiting while it cannot be written', async () => {
    const { access_token, where } = await longUnused();
    await inTransaction(async () => {
      await database().$queryRaw`SELECT FROM grant_context WHERE grant_id = ${where.grantId} FOR UPDATE`;
      expect(await outsideTransaction(() => status(access_token))).toBe(200);
      expect(await outsideTransaction(() => status(access_token))).toBe(200);
    });
    await usesNoted();
    const { lastUsedAt } = await database().grantContext.findUniqueOrThrow({ where });
    expect(lastUsedAt.getTime()).toBeGreaterThan(0);
  });
});
