import { beforeEach, expect, it } from 'vitest';
import { database } from '../database/database.ts';
import { useTransactionLimit } from '../database/transaction.ts';
import { findBrands } from './brands.ts';
import { deleteSandbox } from './deleted-sandboxes.ts';
import { renameSandbox } from './rename-sandbox.ts';
import { findSandbox } from './sandboxes.ts';

let id: number;
let name = 0;

/** One whose name the router answers itself, as an earlier version let it have. */
beforeEach(async () => {
  await database().sandbox.deleteMany({ where: { slug: '404' } });
  ({ id } = await database().sandbox.create({ data: { slug: '404', name: 'Unreachable' } }));
});
const newSlug = () => `renamed-${++name}`;

it('gives a sandbox without an address one', async () => {
  const slug = newSlug();
  expect(await findSandbox('404')).toBeUndefined();
  expect(await renameSandbox('404', slug)).toEqual({ id, slug, name: 'Unreachable' });
  expect(await findSandbox(slug)).toMatchObject({ id });
  expect(await renameSandbox('404', newSlug())).toEqual({ refusal: 'unknown' });
});

it('may take longer than a request', async () => {
  useTransactionLimit(0);
  try {
    expect(await renameSandbox('404', newSlug())).toMatchObject({ id });
  } finally {
    useTransactionLimit();
  }
});

it('publishes it only when it has one', async () => {
  const slug = newSlug();
  const published = async () => (await findBrands()).map((brand) => brand.slug);
  expect(await published()).not.toContain('404');
  await renameSandbox('404', slug);
  expect(await published()).toContain(slug);
});

it('ends what names the issuer, and keeps what does not', async () => {
  const client = {
    sandboxId: id,
    clientId: 'app',
    name: 'App',
    type: 'public',
    scope: 'launch',
    redirectUris: [],
  } as const;
  await database().client.create({ data: { ...client, redirectUris: [] } });
  for (const model of ['AccessToken', 'RefreshToken', 'Grant', 'Session', 'RegistrationAccessToken'])
    await database().oidcPayload.create({ data: { sandboxId: id, model, id: model, payload: {} } });
  const soon = new Date(Date.now() + 60_000);
  const launch = {
    sandboxId: id,
    clientId: 'app',
    launchId: `launch of ${id}`,
    parameters: {},
    origin: 'ui',
    expiresAt: soon,
  };
  await database().launchContext.create({ data: launch });
  const before = await database().sandbox.findUniqueOrThrow({ where: { id } });
  await renameSandbox('404', newSlug());
  const left = await database().oidcPayload.findMany({ where: { sandboxId: id }, select: { model: true } });
  expect(left).toEqual([{ model: 'RegistrationAccessToken' }]);
  expect(await database().launchContext.findMany({ where: { sandboxId: id } })).toMatchObject([
    { withdrawnAt: expect.any(Date) },
  ]);
  // What other processes hold in memory of it is stale.
  const after = await database().sandbox.findUniqueOrThrow({ where: { id } });
  expect(after.settingsVersion).toBe(before.settingsVersion + 1);
});

it.each(['500', 'account', 'Upper', 'a.b', '-x', 'x'.repeat(41), '~7', ''])(
  'gives no sandbox the slug %j',
  async (slug) => {
    expect(await renameSandbox('404', slug)).toEqual({ refusal: 'not-a-slug' });
  },
);

it('takes no slug from another sandbox, or from accounts that are named after it', async () => {
  const [taken, free] = [newSlug(), newSlug()];
  await database().sandbox.create({ data: { slug: taken, name: 'Another' } });
  expect(await renameSandbox('404', taken)).toEqual({ refusal: 'taken' });
  const account = { username: `ada@${free}`, name: 'Ada', passwordHash: 'none' };
  const { id: userId } = await database().user.create({ data: account });
  expect(await renameSandbox('404', free)).toEqual({ refusal: 'taken' });
  // Its own members may be named so, as when it gets back the name from before.
  await database().membership.create({ data: { sandboxId: id, userId, role: 'admin' } });
  expect(await renameSandbox('404', free)).toMatchObject({ slug: free });
});

it('leaves what is deleted alone', async () => {
  const slug = newSlug();
  await renameSandbox('404', slug);
  await deleteSandbox(id, 'nobody');
  for (const from of [slug, `~${id}`]) expect(await renameSandbox(from, newSlug())).toEqual({ refusal: 'unknown' });
});
