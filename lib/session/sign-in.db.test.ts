import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { flushAlike } from '#lib/data/audit/alike.ts';
import { auditWritten } from '#lib/data/audit/queue.ts';
import { database } from '#lib/data/database/database.ts';
import { hashPassword } from '#lib/data/member/passwords.ts';
import { admitSignInAttempt } from '#lib/data/member/sign-in-attempts.ts';
import { calledFrom } from '#lib/http/caller/caller-address.ts';
import { signIn } from './sign-in.ts';

const noon = new Date('2026-01-01T12:00:00Z');
const minutesLater = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const attempt = (password: string, at = noon, username = 'chen') => signIn({ username, password }, { now: at });
const user = expect.objectContaining({ username: 'chen' });

beforeAll(async () => {
  const passwordHash = await hashPassword('right');
  await database().user.create({ data: { username: 'chen', name: 'Dr. Chen', passwordHash } });
});

beforeEach(async () => {
  await database().failedAttempt.deleteMany();
});

/** Counts failed attempts without the slow hashing of passwords. */
async function failTimes(times: number, username = 'chen'): Promise<void> {
  for (let time = 0; time < times; time++) expect(await admitSignInAttempt({ username }, noon)).toBe(true);
}

it('accepts the right password, and says of all others only that they are wrong', async () => {
  expect(await attempt('right')).toEqual(user);
  expect(await attempt('wrong')).toBe('wrong');
  expect(await attempt('right', noon, 'nobody')).toBe('wrong');
});

it.each([
  undefined,
  {},
  { username: 'chen' },
  { username: ['chen'], password: 'right' },
  { username: 'chen', password: '' },
])('does not take %j for credentials', async (credentials) => {
  expect(await signIn(credentials)).toBe('wrong');
});

it('refuses even the right password after ten failures, until fifteen minutes have passed', async () => {
  await failTimes(10);
  expect(await attempt('right')).toBe('too-many-attempts');
  expect(await attempt('right', minutesLater(15))).toBe('too-many-attempts');
  expect(await attempt('right', minutesLater(15.1))).toEqual(user);
});

it('counts from the first failure, so that further attempts do not prolong the wait', async () => {
  await failTimes(10);
  expect(await attempt('wrong', minutesLater(14))).toBe('too-many-attempts');
  expect(await attempt('right', minutesLater(15.1))).toEqual(user);
});

it('forgets the failures of someone who signs in', async () => {
  await failTimes(9);
  expect(await attempt('right')).toEqual(user);
  await failTimes(9);
  expect(await attempt('right')).toEqual(user);
});

it('counts attempts made at the same moment', async () => {
  const results = await Promise.all(Array.from({ length: 14 }, () => attempt('wrong')));
  expect(results.filter((result) => result === 'wrong')).toHaveLength(10);
  expect(results.filter((result) => result === 'too-many-attempts')).toHaveLength(4);
});

it('limits unknown names as well, and each name separately', async () => {
  await failTimes(10, 'nobody');
  expect(await attempt('wrong', noon, 'nobody')).toBe('too-many-attempts');
  expect(await attempt('right')).toEqual(user);
});

it('accepts no other spelling of a username, so that spellings do not multiply attempts', async () => {
  for (const name of ['Chen', 'CHEN', ' chen', 'chen ', 'ｃhen', 'chen\u200b', 'chen\0', '\0', 'ch\ud800en']) {
    expect(await attempt('right', noon, name)).toBe('wrong');
  }
});

describe('who tries the names of many, or one name without end', () => {
  const from = (address: string, username: string, password = 'wrong') =>
    calledFrom(address, () => attempt(password, noon, username));
  /** Counts failures without the slow hashing of passwords. */
  const fail = (network: string, username: string) => admitSignInAttempt({ network, username }, noon);

  it('is stopped after fifty names from one network, which stops nobody elsewhere', async () => {
    for (let name = 0; name < 50; name++) expect(await fail('192.0.2.1', `name${name}`)).toBe(true);
    expect(await from('192.0.2.1', 'chen', 'right')).toBe('too-many-attempts');
    expect(await from('192.0.2.2', 'chen', 'right')).toEqual(user);
  });

  it('counts an IPv6 host as one, whichever of its addresses it uses', async () => {
    for (let host = 1; host <= 50; host++) await fail('2001:db8:1:2::/64', `name${host}`);
    expect(await from('2001:db8:1:2:dead:beef::7', 'chen', 'right')).toBe('too-many-attempts');
    expect(await from('2001:db8:1:3::7', 'chen', 'right')).toEqual(user);
  });

  it('gains nothing by signing in to an own account in between', async () => {
    for (let name = 0; name < 49; name++) await fail('192.0.2.1', `name${name}`);
    expect(await from('192.0.2.1', 'chen', 'right')).toEqual(user);
    expect(await fail('192.0.2.1', 'name49')).toBe(true);
    expect(await from('192.0.2.1', 'chen', 'right')).toBe('too-many-attempts');
  });

  it('does not lock out the owner elsewhere by failing ten times', async () => {
    for (let time = 0; time < 12; time++) await fail('192.0.2.1', 'chen');
    expect(await from('192.0.2.1', 'chen', 'right')).toBe('too-many-attempts');
    expect(await from('192.0.2.2', 'chen', 'right')).toEqual(user);
  });

  it('is stopped at one name from many networks, but for browsers in which its owner has signed in', async () => {
    for (let host = 0; host < 50; host++) expect(await fail(`192.0.2.${host}`, 'chen')).toBe(true);
    expect(await from('198.51.100.1', 'chen', 'right')).toBe('too-many-attempts');
    const knownBrowser = async (username: string) => `browser of ${username}`;
    const there = () => signIn({ username: 'chen', password: 'right' }, { now: noon, knownBrowser });
    expect(await calledFrom('198.51.100.1', there)).toEqual(user);
  });

  it('leaves no row and no name behind where an attempt is refused', async () => {
    for (let name = 0; name < 50; name++) await fail('192.0.2.1', `name${name}`);
    const before = await database().failedAttempt.count();
    for (let name = 50; name < 60; name++) {
      expect(await from('192.0.2.1', `name${name}`)).toBe('too-many-attempts');
    }
    expect(await database().failedAttempt.count()).toBe(before);
  });

  it('does not use up what its neighbours have by attempts that are refused', async () => {
    const row = { windowStartedAt: noon };
    await database().failedAttempt.create({ data: { ...row, subject: 'sign-in network 192.0.2.1', failures: 50 } });
    await database().failedAttempt.create({ data: { ...row, subject: 'sign-in network 192.0.2.0/24', failures: 245 } });
    for (let time = 0; time < 9; time++) expect(await from('192.0.2.1', 'chen')).toBe('too-many-attempts');
    expect(await from('192.0.2.2', 'chen', 'right')).toEqual(user);
  });

  describe('when more than five hundred names failed', () => {
    beforeEach(async () => {
      const windowStartedAt = noon;
      const data = Array.from({ length: 501 }, (_, name) => {
        return { subject: `sign-in name name${name}`, failures: 1, windowStartedAt };
      });
      await database().failedAttempt.createMany({ data });
    });

    it('locks out nobody whose network has not failed', async () => {
      expect(await from('198.51.100.1', 'chen', 'right')).toEqual(user);
      expect(await from('2001:db8:9::1', 'chen', 'right')).toEqual(user);
      expect(await attempt('right')).toEqual(user);
    });

    it('leaves each network five failures, and the one around it ten', async () => {
      for (let time = 0; time < 5; time++) expect(await from('198.51.100.1', `other${time}`)).toBe('wrong');
      expect(await from('198.51.100.1', 'chen', 'right')).toBe('too-many-attempts');
      expect(await from('198.51.100.2', 'chen', 'right')).toEqual(user);
      for (let time = 0; time < 5; time++) expect(await from(`198.51.100.${time + 9}`, `more${time}`)).toBe('wrong');
      expect(await from('198.51.100.2', 'chen', 'right')).toBe('too-many-attempts');
      expect(await from('198.51.101.2', 'chen', 'right')).toEqual(user);
      const knownBrowser = async () => 'known';
      expect(await signIn({ username: 'chen', password: 'right' }, { now: noon, knownBrowser })).toEqual(user);
    });

    it('leaves each /48 of IPv6 ten, however many networks it has', async () => {
      for (let time = 0; time < 10; time++) expect(await from(`2001:db8:1:${time}::1`, `other${time}`)).toBe('wrong');
      expect(await from('2001:db8:1:99::1', 'chen', 'right')).toBe('too-many-attempts');
      expect(await from('2001:db8:2::1', 'chen', 'right')).toEqual(user);
    });

    it('leaves a name three where no network is known, and locks out no other name', async () => {
      for (let time = 0; time < 3; time++) expect(await attempt('wrong')).toBe('wrong');
      expect(await attempt('right')).toBe('too-many-attempts');
      expect(await attempt('wrong', noon, 'ann')).toBe('wrong');
    });
  });
});

describe('the audit log', () => {
  async function logged(sandboxId: number) {
    flushAlike();
    await auditWritten();
    const found = await database().auditEvent.findMany({ where: { sandboxId }, orderBy: { recorded: 'asc' } });
    await database().auditEvent.deleteMany();
    return found;
  }

  it('has each sign-in at the server, and in every sandbox of the user, but never the password', async () => {
    const { id: sandboxId } = await database().sandbox.create({ data: { slug: 'of-chen', name: 'Of Chen' } });
    const { id: other } = await database().sandbox.create({ data: { slug: 'of-others', name: 'Of others' } });
    const { id: userId } = await database().user.findUniqueOrThrow({ where: { username: 'chen' } });
    await database().membership.create({ data: { sandboxId, userId, role: 'clinician' } });
    await logged(0);
    await calledFrom('192.0.2.1', () => attempt('right'));
    await calledFrom('192.0.2.2', () => attempt('a wrong one'));
    await attempt('a wrong one', noon, 'nobody');
    await auditWritten();
    expect(await database().auditEvent.count({ where: { sandboxId: other } })).toBe(0);
    const ofSandbox = await database().auditEvent.findMany({ where: { sandboxId }, orderBy: { recorded: 'asc' } });
    const ofServer = await logged(0);
    const event = { interaction: 'sign-in', username: 'chen' };
    const both = [
      { ...event, outcome: 0, status: 200, address: '192.0.2.1' },
      { ...event, outcome: 4, status: 401, address: '192.0.2.2' },
    ];
    expect(ofSandbox).toMatchObject(both);
    expect(ofServer).toMatchObject([...both, { interaction: 'sign-in', username: 'nobody', status: 401 }]);
    expect(JSON.stringify([ofSandbox, ofServer])).not.toContain('wrong one');
  });

  it('counts attempts that are refused unseen', async () => {
    await logged(0);
    await failTimes(10);
    for (let time = 0; time < 30; time++) await attempt('right');
    const all = await logged(0);
    expect(all.map(({ status, repeated }) => [status, repeated])).toEqual([
      [429, 1],
      [429, 29],
    ]);
  });
});

it.each([
  ['demo', 'admin-demo'],
  ['demo', 'ａｄｍｉｎ-demo'],
  ['somebody', 'clinician-demo'],
  ['nobody', 'clinician-demo'],
])('opens %s with the published password %s only where nobody else reaches the server', async (username, password) => {
  const users = { demo: 'admin-demo', somebody: 'clinician-demo' };
  for (const [name, own] of Object.entries(users)) {
    const passwordHash = await hashPassword(own);
    await database().user.upsert({
      where: { username: name },
      create: { username: name, name, passwordHash },
      update: {},
    });
  }
  expect(await signIn({ username, password }, { now: noon, exposed: true })).toBe('published');
  const known = username in users ? expect.objectContaining({ username }) : 'wrong';
  expect(await signIn({ username, password }, { now: noon, exposed: false })).toEqual(known);
});
