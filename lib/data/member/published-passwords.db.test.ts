import { globSync, readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { database } from '../database/database.ts';
import { execute, sql } from '../database/sql.ts';
import { openSession } from '../session/tests/open-session.ts';
import { hashPassword } from './passwords.ts';
import { findPublishedPasswords, isPublished, replacePublishedPasswords } from './published-passwords.ts';
import { authenticateUser } from './users.ts';

const papers = ['README.md', ...globSync(['docs/**/*.md', 'prisma/seed/*.json', 'e2e/fixtures/*.json'])];
const untold = async () => {};
const { users } = JSON.parse(readFileSync('prisma/seed/demo.json', 'utf8')) as {
  users: { username: string; password: string }[];
};

beforeEach(async () => {
  await database().user.deleteMany();
  for (const { username, password } of users) await makeUser(username, password);
  await makeUser('ann', 'a password of her own');
});

async function makeUser(username: string, password: string): Promise<void> {
  await database().user.create({ data: { username, name: username, passwordHash: await hashPassword(password) } });
}

it('knows every password that stands in our papers and sandbox files', () => {
  const written = papers.flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    return [...text.matchAll(/"password": "([^"]+)"|`(\w+-demo)`/g)].flatMap(
      ([, member, inTable]) => member ?? inTable ?? [],
    );
  });
  expect(new Set(written).size).toBeGreaterThan(5);
  expect(written.filter((password) => !isPublished(password))).toEqual([]);
});

it('ends the sessions that the published passwords began, and has the new ones changed', async () => {
  const account = { username: { in: ['admin', 'ann'] } };
  for (const { id } of await database().user.findMany({ where: account })) await openSession(id);
  await replacePublishedPasswords(untold);
  const left = await database().ehrSession.findMany({ select: { user: { select: { username: true } } } });
  expect(left).toEqual([{ user: { username: 'ann' } }]);
  const changed = await database().user.findMany({ where: { mustChangePassword: true } });
  expect(changed.map(({ username }) => username).sort()).toEqual(users.map(({ username }) => username).sort());
});

it('gives shipped accounts random passwords, once, and leaves those alone that have others', async () => {
  await database().user.update({
    where: { username: 'internist' },
    data: { passwordHash: await hashPassword('changed since') },
  });
  const replaced = await replacePublishedPasswords(untold);
  expect(replaced.map(({ username }) => username).sort()).toEqual(['admin', 'clinician', 'patient']);
  for (const { username, password } of replaced) expect(await authenticateUser(username, password)).toBeDefined();
  for (const { username, password } of users) expect(await authenticateUser(username, password)).toBeUndefined();
  expect(await authenticateUser('internist', 'changed since')).toBeDefined();
  expect(await authenticateUser('ann', 'a password of her own')).toBeDefined();
  expect(await replacePublishedPasswords(untold)).toEqual([]);
});

it('replaces none when the access of apps cannot be ended, so that the next start does', async () => {
  await execute(sql`ALTER TABLE consent RENAME TO consent_away`);
  try {
    await expect(replacePublishedPasswords(untold)).rejects.toThrow('consent');
  } finally {
    await execute(sql`ALTER TABLE consent_away RENAME TO consent`);
  }
  expect(await replacePublishedPasswords(untold)).toHaveLength(users.length);
});

it('is told once by two processes that start at the same moment', async () => {
  const [one, other] = await Promise.all([replacePublishedPasswords(untold), replacePublishedPasswords(untold)]);
  const told = [...one, ...other];
  expect(told.map(({ username }) => username).sort()).toEqual(users.map(({ username }) => username).sort());
  for (const { username, password } of told) expect(await authenticateUser(username, password)).toBeDefined();
});

it('finds the accounts whose passwords may be printed', async () => {
  await replacePublishedPasswords(untold);
  expect(await findPublishedPasswords()).toEqual([]);
  await database().user.update({
    where: { username: 'admin' },
    data: { passwordHash: await hashPassword('admin-demo') },
  });
  expect(await findPublishedPasswords()).toEqual([{ username: 'admin', password: 'admin-demo' }]);
});
