import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeClient, makeSandbox, type SandboxFixture } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { database } from '#lib/data/database/database.ts';
import { findLaunch, hashLaunchId, recordLaunch } from '#lib/data/launch/launches.ts';
import { findLaunches, findLaunchParties } from '#lib/data/launch/list.ts';
import type { LaunchHash } from '#lib/smart/launch/ids.ts';
import { forgetCookies, formOf, signInAs } from '../../tests/action-request.ts';
import { withdraw } from './actions.ts';
import { filterOf, readLaunchQuery } from './launch-query.ts';

let ours: SandboxFixture;
let theirs: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  ours = await makeSandbox();
  theirs = await makeSandbox();
  clientId = await makeClient(ours);
  await makeClient(theirs, { clientId });
});

beforeEach(() => forgetCookies());

type Changes = { usedAt?: Date; withdrawnAt?: Date; expiresAt?: Date };

/** Records a launch for the patient `peter` and answers its hash. */
async function launch(
  sandbox: SandboxFixture,
  origin: 'ui' | 'api' | 'cds',
  changes: Changes = {},
): Promise<LaunchHash> {
  const user = sandbox.users.chen;
  const recorded = await recordLaunch({
    sandboxId: sandbox.id,
    clientId,
    userId: user,
    parameters: { patient: 'peter' },
    origin,
    createdBy: origin === 'api' ? clientId : undefined,
  });
  if ('refusal' in recorded) throw new Error(recorded.refusal.message);
  const launchHash = hashLaunchId(recorded.launchId);
  await database().launchContext.update({ where: { launchId: launchHash }, data: changes });
  return launchHash;
}

const found = async (address: Record<string, string | undefined>, sandbox = ours) => {
  const filter = filterOf(readLaunchQuery(address));
  const { launches, total } = await findLaunches(sandbox.id, filter, { offset: 0, count: 50 });
  expect(launches).toHaveLength(total);
  return launches.map(({ launchHash }) => launchHash);
};

describe('the list of launches', () => {
  it('knows every launch of the sandbox, the newest first, and none of another one', async () => {
    const past = new Date(Date.now() - 1000);
    const foreign = await launch(theirs, 'ui');
    const pending = await launch(ours, 'ui');
    const used = await launch(ours, 'api', { usedAt: past });
    const expired = await launch(ours, 'cds', { expiresAt: past });
    const withdrawn = await launch(ours, 'ui', { withdrawnAt: past });
    expect(await found({})).toEqual([withdrawn, expired, used, pending]);
    expect(await found({}, theirs)).toEqual([foreign]);
    expect(await found({ status: 'pending' })).toEqual([pending]);
    expect(await found({ status: 'used' })).toEqual([used]);
    expect(await found({ status: 'expired' })).toEqual([expired]);
    expect(await found({ status: 'withdrawn' })).toEqual([withdrawn]);
    expect(await found({ origin: 'cds' })).toEqual([expired]);
    expect(await found({ app: clientId, user: ours.users.chen, patient: 'peter', origin: 'api' })).toEqual([used]);
    for (const none of [{ app: 'other' }, { user: 'nobody' }, { patient: "x' OR '1'='1" }]) {
      expect(await found(none)).toEqual([]);
    }
  });

  it('names who registered it over the API, and pages', async () => {
    const { launches, total } = await findLaunches(ours.id, { origin: 'api' }, { offset: 0, count: 1 });
    expect(total).toBe(1);
    expect(launches[0]).toMatchObject({ createdBy: { clientId, name: expect.any(String) }, user: {} });
    const second = await findLaunches(ours.id, {}, { offset: 1, count: 2 });
    expect([second.launches.length, second.total]).toEqual([2, 4]);
  });

  it('offers the apps and users that took part', async () => {
    const parties = await findLaunchParties(ours.id);
    expect(parties.map(({ kind, id }) => [kind, id]).sort()).toEqual([
      ['app', clientId],
      ['user', ours.users.chen],
    ]);
  });
});

describe('withdrawing a launch', () => {
  const state = async (launchHash: LaunchHash) => (await findLaunch(launchHash))?.withdrawnAt;

  it('is for administrators of its sandbox', async () => {
    const launchHash = await launch(ours, 'ui');
    const attempt = () => withdraw(ours.slug, formOf({ launch: launchHash }));
    await expect(attempt()).rejects.toThrow(/NEXT_REDIRECT/);
    for (const other of [ours.users.chen, ours.users.peter, theirs.users.admin]) {
      forgetCookies();
      await signInAs(other);
      await expect(attempt()).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;403' });
    }
    expect(await state(launchHash)).toBeUndefined();
    forgetCookies();
    await signInAs(ours.users.admin);
    await attempt();
    expect(await state(launchHash)).toBeInstanceOf(Date);
  });

  it('finds nothing of another sandbox', async () => {
    const launchHash = await launch(theirs, 'ui');
    await signInAs(ours.users.admin);
    await withdraw(ours.slug, formOf({ launch: launchHash }));
    expect(await state(launchHash)).toBeUndefined();
    await expect(withdraw(ours.slug, formOf({}))).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;404' });
  });
});
