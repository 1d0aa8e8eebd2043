import { globSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { outsideTransaction } from '../database/ambient.ts';
import { database } from '../database/database.ts';
import { secretHash } from '../database/secret-hash.ts';
import { inTransaction } from '../database/transaction.ts';
import { beginSession } from '../session/begin-session.ts';
import { findSession } from '../session/find-session.ts';
import { openSession } from '../session/tests/open-session.ts';
import { findAccessToken } from '../token/access-tokens.ts';
import { changePassword } from './change-password.ts';
import { applyUser } from './defined-users.ts';
import { changeMember, removeMember } from './members.ts';
import { hashPassword } from './passwords.ts';
import { replacePublishedPasswords } from './published-passwords.ts';
import { resetPassword } from './reset-password.ts';
import { setPassword } from './set-password.ts';
import { authenticateUser } from './users.ts';

const standing = { fhirUser: null, proxyFor: [] };
const device = { browser: 'Firefox', address: undefined };

let ours: number;
let theirs: number;
let admin: string;
let chen: string;

beforeEach(async () => {
  await database().user.deleteMany();
  await database().sandbox.deleteMany();
  ours = (await database().sandbox.create({ data: { slug: 'ours', name: 'Ours' } })).id;
  theirs = (await database().sandbox.create({ data: { slug: 'theirs', name: 'Theirs' } })).id;
  admin = await makeUser('ada', 'admin');
  // The name and password of a shipped account, for the ending that replaces them.
  chen = await makeUser('clinician', 'admin', 'clinician-demo');
});

async function makeUser(username: string, role: 'admin' | 'clinician', password?: string): Promise<string> {
  const passwordHash = password === undefined ? 'none' : await hashPassword(password);
  const memberships = { create: { sandboxId: ours, role } };
  return (await database().user.create({ data: { username, name: username, passwordHash, memberships } })).id;
}

/** A grant of the user with an access token; answers whether the token is still good. */
async function giveAccess(sandboxId = ours, slug = 'ours', userId = chen): Promise<() => Promise<boolean>> {
  const [grantId, value] = [crypto.randomUUID(), crypto.randomUUID()];
  const payload = { clientId: 'app', accountId: userId, grantId, scope: 'user/*.rs' };
  await database().grantContext.create({ data: { grantId, sandboxId, clientId: 'app', userId, context: {} } });
  const stored = { sandboxId, model: 'AccessToken', id: secretHash(value), grantId, payload };
  await database().oidcPayload.create({ data: { ...stored, expiresAt: new Date('2100-01-01') } });
  return async () => (await findAccessToken(slug, value))?.token !== undefined;
}

/** What sets another password or takes rights away, and whether the access of apps ends with it. */
const endings: Record<string, { end: () => Promise<unknown>; endsAccess: boolean; keepsElsewhere?: true }> = {
  'a change of the own password': {
    end: () => change({}),
    endsAccess: false,
  },
  'a change of the own password that ends the access of apps': {
    end: () => change({ endsAccess: true }),
    endsAccess: true,
  },
  'a reset by an administrator': { end: () => resetPassword(ours, chen, admin), endsAccess: true },
  'another password in a sandbox file': { end: () => apply('another one'), endsAccess: true },
  'a published password that is replaced': { end: () => replacePublishedPasswords(async () => {}), endsAccess: true },
  'a lower role': {
    end: () => changeMember(ours, chen, { ...standing, role: 'clinician' }),
    endsAccess: false,
    keepsElsewhere: true,
  },
  'a lower role in a sandbox file': {
    end: () => apply('clinician-demo', 'clinician'),
    endsAccess: false,
    keepsElsewhere: true,
  },
  'a removal': { end: () => removeMember(ours, chen, admin), endsAccess: true, keepsElsewhere: true },
};

async function change({ current = 'clinician-demo', endsAccess = false }) {
  const { id } = await openSession(chen);
  return changePassword({ sessionId: id, userId: chen }, { current, chosen: 'a new password', endsAccess });
}

async function apply(password: string, role: 'admin' | 'clinician' = 'admin') {
  const stored = await database().user.findUniqueOrThrow({ where: { id: chen } });
  const passwordHash = password === 'clinician-demo' ? stored.passwordHash : await hashPassword(password);
  await inTransaction(() => applyUser(ours, { username: 'clinician', name: 'clinician', passwordHash, role }));
}

describe.each(Object.entries(endings))('%s', (_, { end, endsAccess, keepsElsewhere }) => {
  it('ends every session of the user that there was, and none of others', async () => {
    const [one, two, other] = [await openSession(chen), await openSession(chen), await openSession(admin)];
    await end();
    expect([await findSession(one.hash), await findSession(two.hash)]).toEqual([undefined, undefined]);
    expect(await findSession(other.hash)).toBeDefined();
  });

  it(`${endsAccess ? 'ends' : 'leaves'} what apps were given`, async () => {
    const [given, others] = [await giveAccess(), await giveAccess(ours, 'ours', admin)];
    await end();
    expect([await given(), await others()]).toEqual([!endsAccess, true]);
  });

  if (keepsElsewhere)
    it('does not sign the user out of another sandbox to which the account belongs', async () => {
      await database().membership.create({ data: { sandboxId: theirs, userId: chen, role: 'clinician' } });
      const [session, given] = [await openSession(chen), await giveAccess(theirs, 'theirs')];
      await end();
      expect(await findSession(session.hash)).toBeDefined();
      expect(await given()).toBe(true);
    });
});

describe('a change of the own password', () => {
  it('needs the present one, and leaves everything as it is with another', async () => {
    const { hash } = await openSession(chen);
    expect(await change({ current: 'wrong' })).toBe('wrong');
    expect(await findSession(hash)).toBeDefined();
    expect(await authenticateUser('clinician', 'clinician-demo')).toBeDefined();
  });

  it('goes on with its own session under another secret, so that copies of the cookie are worth nothing', async () => {
    const { id, hash } = await openSession(chen);
    const done = await changePassword(
      { sessionId: id, userId: chen },
      { current: 'clinician-demo', chosen: 'a new password', endsAccess: false },
    );
    const { secret = '' } = done === 'wrong' ? {} : done;
    expect(await findSession(hash)).toBeUndefined();
    expect(await findSession(secretHash(secret))).toMatchObject({ id });
    expect(await authenticateUser('clinician', 'clinician-demo')).toBeUndefined();
    expect(await authenticateUser('clinician', 'a new password')).toMatchObject({ id: chen });
  });

  it('frees a user who had to', async () => {
    await database().user.update({ where: { id: chen }, data: { mustChangePassword: true } });
    await change({});
    expect(await database().user.findUnique({ where: { id: chen } })).toMatchObject({ mustChangePassword: false });
  });

  it('is one of two at the same moment', async () => {
    const results = await Promise.all([change({}), change({})]);
    expect(results.filter((result) => result === 'wrong')).toHaveLength(1);
  });

  it('leaves no session of a sign-in with the old password that came in between', async () => {
    const old = await authenticateUser('clinician', 'clinician-demo');
    if (!old) throw new Error('The password is wrong.');
    let begun: Promise<string | undefined> = Promise.resolve(undefined);
    await inTransaction(async () => {
      await setPassword(chen, { passwordHash: 'new', mustChange: false });
      begun = outsideTransaction(() => beginSession(old, device));
      begun.catch(() => {});
    });
    expect(await begun).toBeUndefined();
    expect(await database().ehrSession.count({ where: { userId: chen } })).toBe(0);
  });
});

describe('a reset by an administrator', () => {
  it('gives a password that signs in, and must be changed before anything else works', async () => {
    const reset = await resetPassword(ours, chen, admin);
    const { password } = typeof reset === 'string' ? { password: '' } : reset;
    expect(await authenticateUser('clinician', password)).toMatchObject({ id: chen });
    expect(await database().user.findUnique({ where: { id: chen } })).toMatchObject({ mustChangePassword: true });
    expect(await authenticateUser('clinician', 'clinician-demo')).toBeUndefined();
  });

  it('is refused for an account that also belongs to another sandbox', async () => {
    await database().membership.create({ data: { sandboxId: theirs, userId: chen, role: 'patient' } });
    const { hash } = await openSession(chen);
    expect(await resetPassword(ours, chen, admin)).toBe('elsewhere');
    expect(await resetPassword(theirs, chen, admin)).toBe('elsewhere');
    expect(await findSession(hash)).toBeDefined();
    expect(await authenticateUser('clinician', 'clinician-demo')).toBeDefined();
  });

  it('is refused for whoever is not a member, or oneself', async () => {
    const stranger = (await database().user.create({ data: { username: 's', name: 's', passwordHash: 'none' } })).id;
    for (const id of [stranger, 'nobody', '']) expect(await resetPassword(ours, id, admin)).toBe('no-such-member');
    expect(await resetPassword(theirs, chen, admin)).toBe('no-such-member');
    expect(await resetPassword(ours, admin, admin)).toBe('own');
  });

  it('takes back the invitations of other sandboxes, which were meant for whoever had the account', async () => {
    const invitation = { username: 'clinician', role: 'admin' as const, invitedBy: 'x' };
    await database().invitation.create({ data: { sandboxId: theirs, ...invitation } });
    await resetPassword(ours, chen, admin);
    expect(await database().invitation.count()).toBe(0);
  });

  it('waits for whoever adds the account to another sandbox meanwhile, and is refused then', async () => {
    let reset: ReturnType<typeof resetPassword> = Promise.resolve('own');
    await inTransaction(async () => {
      await database().membership.create({ data: { sandboxId: theirs, userId: chen, role: 'patient' } });
      reset = outsideTransaction(() => resetPassword(ours, chen, admin));
      reset.catch(() => {});
    });
    expect(await reset).toBe('elsewhere');
  });
});

it('nothing else writes a password to a user that there is', () => {
  const sources = globSync('{lib,app,scripts}/**/*.ts', { exclude: (path) => /test|generated/.test(path) });
  expect(sources.length).toBeGreaterThan(200);
  const writers = sources.filter((path) => {
    const text = readFileSync(path, 'utf8');
    return /SET password_hash|user\.update(Many)?\(/.test(text) || /update: \{[^}]*passwordHash/.test(text);
  });
  expect(writers).toEqual(['lib/data/member/set-password.ts']);
});
