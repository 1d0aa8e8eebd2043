import { beforeEach, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { findWithHash } from '#lib/data/member/users.ts';
import { knownBrowser, rememberBrowser } from './known-browser.ts';

beforeEach(async () => {
  await database().user.deleteMany();
  const data = ['chen', 'ann', 'mallory'].map((username) => ({ username, name: username, passwordHash: 'one' }));
  await database().user.createMany({ data });
});

function browser(cookies = new Map<string, string>()) {
  const jar = {
    get: (name: string) => (cookies.has(name) ? { value: cookies.get(name) ?? '' } : undefined),
    set: ({ name, value }: { name: string; value: string }) => cookies.set(name, value),
  };
  return { jar, cookies };
}

/** Remembers the browser for a user as that user is now. */
async function remember({ jar }: ReturnType<typeof browser>, username: string, now?: number): Promise<void> {
  const owner = await findWithHash(username);
  if (!owner) throw new Error(`There is no ${username}.`);
  await rememberBrowser(jar, owner, now);
}

it('is known to the users who signed in with it, each by another id', async () => {
  const one = browser();
  for (const name of ['chen', 'ann']) await remember(one, name);
  const [chen, ann] = await Promise.all(['chen', 'ann'].map((name) => knownBrowser(one.jar, name)));
  expect(chen).toMatch(/^[0-9a-f-]{36}$/);
  expect(ann).toMatch(/^[0-9a-f-]{36}$/);
  expect(chen).not.toBe(ann);
  expect(await knownBrowser(one.jar, 'peter')).toBeUndefined();
});

it('is not known by a cookie of somebody else, a changed one or none', async () => {
  const one = browser();
  await remember(one, 'mallory');
  const [[own, value = ''] = ['', '']] = [...one.cookies];
  await remember(one, 'chen');
  const name = [...one.cookies.keys()].find((key) => key !== own) ?? '';
  const [id = '', issuedAt = '', proof = ''] = (one.cookies.get(name) ?? '').split('.');
  const later = Number(issuedAt) + 1;
  for (const forged of [
    value,
    `x${id}.${issuedAt}.${proof}`,
    `${id}.${later}.${proof}`,
    `${id}.${proof}`,
    `${id}.${issuedAt}.${proof.slice(1)}`,
    `${id}.${issuedAt}.`,
    '',
    '..',
  ]) {
    expect(await knownBrowser(browser(new Map([[name, forged]])).jar, 'chen')).toBeUndefined();
  }
});

it('is not known any more after a change of the password, or to another account of the same name', async () => {
  const one = browser();
  await remember(one, 'chen');
  await database().user.updateMany({ where: { username: 'chen' }, data: { passwordHash: 'two' } });
  expect(await knownBrowser(one.jar, 'chen')).toBeUndefined();
  await database().user.deleteMany({ where: { username: 'chen' } });
  expect(await knownBrowser(one.jar, 'chen')).toBeUndefined();
  await database().user.create({ data: { username: 'chen', name: 'chen', passwordHash: 'one' } });
  expect(await knownBrowser(one.jar, 'chen')).toBeUndefined();
});

it('is known for ninety days, whatever the browser does with its cookie', async () => {
  const one = browser();
  const now = Date.now();
  await remember(one, 'chen', now);
  const day = 24 * 60 * 60 * 1000;
  expect(await knownBrowser(one.jar, 'chen', now + 89 * day)).toBeDefined();
  expect(await knownBrowser(one.jar, 'chen', now + 91 * day)).toBeUndefined();
});
