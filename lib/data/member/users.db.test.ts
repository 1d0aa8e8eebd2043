import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '../database/database.ts';
import { findSandbox, findSandboxesOf } from '../sandbox/sandboxes.ts';
import { openSession } from '../session/tests/open-session.ts';
import { findVisitor } from './memberships.ts';
import { hashPassword, matchesPassword, passwordCost, usePasswordCost } from './passwords.ts';
import { authenticateUser } from './users.ts';

let chen: string;
let ours: number;

beforeAll(async () => {
  usePasswordCost(passwordCost);
  const passwordHash = await hashPassword('correct horse');
  ours = (await database().sandbox.create({ data: { slug: 'ours', name: 'B ours' } })).id;
  const second = await database().sandbox.create({ data: { slug: 'second', name: 'A second' } });
  await database().sandbox.create({ data: { slug: 'theirs', name: 'Theirs' } });
  const memberships = {
    create: [
      { sandboxId: ours, role: 'clinician' as const, fhirUser: 'Practitioner/chen' },
      { sandboxId: second.id, role: 'admin' as const },
    ],
  };
  chen = (await database().user.create({ data: { username: 'chen', name: 'Dr. Chen', passwordHash, memberships } })).id;
});

describe('passwords', () => {
  it('are kept as salted hashes that carry their cost', async () => {
    const [first, second] = await Promise.all([hashPassword('secret'), hashPassword('secret')]);
    expect(first).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$[\w-]{22}\$[\w-]{43}$/);
    expect(first).not.toBe(second);
  });

  it('match regardless of how their characters were composed in Unicode, and otherwise only exactly', async () => {
    const stored = await hashPassword('Zoë');
    expect(await matchesPassword('Zoe\u0308', stored)).toBe(true);
    expect(await matchesPassword('Zoe', stored)).toBe(false);
    expect(await matchesPassword('', stored)).toBe(false);
  });

  it('never match without a stored hash', async () => {
    expect(await matchesPassword('', undefined)).toBe(false);
  });

  it('cannot be checked against a damaged hash', async () => {
    await expect(matchesPassword('x', '$scrypt$ln=14$x')).rejects.toThrow('cannot be read');
  });
});

describe('signing in', () => {
  it('returns the user', async () => {
    const user = { id: chen, username: 'chen', name: 'Dr. Chen' };
    expect(await authenticateUser('chen', 'correct horse')).toMatchObject(user);
  });

  it.each([
    ['chen', 'wrong'],
    ['chen', ''],
    ['Chen', 'correct horse'],
    ['nobody', 'correct horse'],
    ["chen' or '1'='1", 'correct horse'],
  ])('lets nobody in as %s with %j', async (username, password) => {
    expect(await authenticateUser(username, password)).toBeUndefined();
  });
});

describe('membership', () => {
  it('has the role and resources of a member', async () => {
    const { hash } = await openSession(chen);
    expect(await findVisitor('ours', hash)).toEqual({
      sandbox: { id: ours, slug: 'ours', name: 'B ours' },
      signedIn: true,
      member: {
        user: { id: chen, username: 'chen', name: 'Dr. Chen' },
        sandbox: { id: ours, slug: 'ours', name: 'B ours' },
        role: 'clinician',
        fhirUser: 'Practitioner/chen',
      },
    });
  });

  it('distinguishes a sandbox that the user does not belong to from one that does not exist', async () => {
    const { hash } = await openSession(chen);
    const theirs = { sandbox: { slug: 'theirs' }, signedIn: true, member: undefined };
    expect(await findVisitor('theirs', hash)).toMatchObject(theirs);
    expect(await findVisitor('ours', undefined)).toMatchObject({ signedIn: false, member: undefined });
    expect(await findVisitor('nowhere', hash)).toBeUndefined();
  });

  it('lists the sandboxes of a user by name, and no other', async () => {
    const found = await findSandboxesOf(chen);
    expect(found.map(({ slug, role }) => [slug, role])).toEqual([
      ['second', 'admin'],
      ['ours', 'clinician'],
    ]);
  });

  it('ends with the user', async () => {
    const { id } = await database().user.create({
      data: {
        username: 'gone',
        name: 'Gone',
        passwordHash: '',
        memberships: { create: { sandboxId: ours, role: 'admin' } },
      },
    });
    const { hash } = await openSession(id);
    await database().user.delete({ where: { id } });
    expect(await findVisitor('ours', hash)).toMatchObject({ signedIn: false, member: undefined });
  });
});

it('finds a sandbox by its slug', async () => {
  expect(await findSandbox('ours')).toEqual({ id: ours, slug: 'ours', name: 'B ours' });
  expect(await findSandbox('nowhere')).toBeUndefined();
});
