import { beforeEach, describe, expect, it } from 'vitest';
import { auditWritten } from '#lib/data/audit/queue.ts';
import { database } from '#lib/data/database/database.ts';
import { hashPassword } from '#lib/data/member/passwords.ts';
import { authenticateUser } from '#lib/data/member/users.ts';
import { findSession } from '#lib/data/session/find-session.ts';
import { openSession } from '#lib/data/session/tests/open-session.ts';
import { currentUser, findCurrentSession } from '#lib/session/current-user.ts';
import { copyOfSession, forgetCookies, formOf, showSession, signInAs } from '../[sandbox]/tests/action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from '../[sandbox]/tests/people.ts';
import { endOwnOtherSessions, endOwnSession } from './actions.ts';
import { saveOwnPassword } from './password/actions.ts';

const present = 'the present password';
const chosen = 'another good password';

let people: TwoSandboxes['people'];

beforeEach(async () => {
  await database().sandbox.deleteMany();
  await database().user.deleteMany();
  await database().failedAttempt.deleteMany();
  ({ people } = await makeTwoSandboxes());
  const passwordHash = await hashPassword(present);
  await database().user.update({ where: { id: people.clinician }, data: { passwordHash } });
  forgetCookies();
  await signInAs(people.clinician);
});

const save = (fields: Record<string, string> = {}) =>
  saveOwnPassword({}, formOf({ current: present, chosen, again: chosen, ...fields }));

it('ends no session that the form does not name exactly', async () => {
  const { id, hash } = await openSession(people.clinician);
  await expect(endOwnSession(formOf({ session_id: `${id}\0` }))).rejects.toMatchObject({
    digest: expect.stringContaining('404'),
  });
  expect(await findSession(hash)).toBeDefined();
});

describe('changing the own password', () => {
  it('gives this browser a new cookie, and leaves the old one and other browsers nothing', async () => {
    const [copy, other] = [copyOfSession(), await openSession(people.clinician)];
    expect(await save()).toEqual({ changed: true });
    expect(await currentUser()).toMatchObject({ id: people.clinician });
    expect(await findSession(other.hash)).toBeUndefined();
    showSession(copy);
    expect(await currentUser()).toBeUndefined();
    expect(await authenticateUser('clinician', chosen)).toBeDefined();
  });

  it('does not prolong the session', async () => {
    const before = await findCurrentSession();
    await save();
    expect((await findCurrentSession())?.endsAt).toEqual(before?.endsAt);
  });

  it.each([
    [{ current: '' }, 'current'],
    [{ current: 'wrong' }, 'current'],
    [{ chosen: 'short', again: 'short' }, 'chosen'],
    [{ chosen: present, again: present }, 'chosen'],
    [{ chosen: 'my name: clinician', again: 'my name: clinician' }, 'chosen'],
    [{ chosen: 'clinician-demo', again: 'clinician-demo' }, 'chosen'],
    [{ again: 'something else' }, 'again'],
  ])('says beside the field what is wrong with %j, and changes nothing', async (fields, field) => {
    const other = await openSession(people.clinician);
    const { errors, changed } = await save(fields);
    expect([Object.keys(errors ?? {}), changed]).toEqual([[field], undefined]);
    expect(await authenticateUser('clinician', present)).toBeDefined();
    expect(await findSession(other.hash)).toBeDefined();
  });

  it('finds out nothing about the present one by trying', async () => {
    for (let time = 0; time < 10; time++) expect((await save({ current: 'wrong' })).errors?.current).toHaveLength(1);
    expect((await save()).errors?.current?.[0]).toMatch(/too often/);
    expect(await authenticateUser('clinician', present)).toBeDefined();
  });

  it('is for who is signed in', async () => {
    forgetCookies();
    await expect(save()).rejects.toMatchObject({ digest: expect.stringContaining('/sign-in') });
  });

  it('is what somebody can do who must, and frees them', async () => {
    await database().user.update({ where: { id: people.clinician }, data: { mustChangePassword: true } });
    expect(await currentUser()).toBeUndefined();
    expect(await save({ again: 'x' })).toMatchObject({ errors: { again: expect.anything() } });
    expect(await currentUser()).toBeUndefined();
    await save();
    expect(await currentUser()).toMatchObject({ id: people.clinician });
  });
});

describe('the log of the sandbox and of the server', () => {
  const eventsOf = async (work: () => Promise<unknown>) => {
    await auditWritten();
    await database().auditEvent.deleteMany();
    await work();
    await auditWritten();
    const events = await database().auditEvent.findMany({ orderBy: { sandboxId: 'asc' } });
    expect(JSON.stringify(events)).not.toMatch(/good password|present password/);
    return events.map(({ sandboxId, interaction, username, status, query }) => [
      sandboxId === 0 ? 'server' : 'sandbox',
      `${username} ${interaction} ${status} ${query}`,
    ]);
  };

  it.each<[string, () => Promise<unknown>, string]>([
    ['a changed password', () => save(), 'password 200 by=user'],
    ['and what ended with it', () => save({ ends_access: 'on' }), 'password 200 by=user&access=ended'],
    ['a wrong present one', () => save({ current: 'wrong' }), 'password 401 by=user&reason=wrong'],
    [
      'a session that was ended',
      async () => endOwnSession(formOf({ session_id: (await openSession(people.clinician)).id })),
      'sign-out 200 by=user&elsewhere=1',
    ],
    [
      'all others',
      async () => {
        for (let count = 0; count < 2; count++) await openSession(people.clinician);
        await endOwnOtherSessions();
      },
      'sign-out 200 by=user&elsewhere=2',
    ],
  ])('have %s', async (_, work, event) => {
    const logged = `clinician ${event}`;
    expect(await eventsOf(work)).toEqual([
      ['server', logged],
      ['sandbox', logged],
    ]);
  });

  it('have nothing of what ended nothing', async () => {
    const end = async () => {
      await endOwnOtherSessions();
      await endOwnSession(formOf({ session_id: (await openSession(people.admin)).id }));
    };
    expect(await eventsOf(end)).toEqual([]);
  });
});

describe('ending sessions', () => {
  it('ends the one that is named, and never one of somebody else', async () => {
    const [own, theirs] = [await openSession(people.clinician), await openSession(people.admin)];
    for (const { id } of [own, theirs]) await endOwnSession(formOf({ session_id: id }));
    expect(await findSession(own.hash)).toBeUndefined();
    expect(await findSession(theirs.hash)).toBeDefined();
    expect(await currentUser()).toMatchObject({ id: people.clinician });
  });

  it('ends all but this one', async () => {
    const [own, theirs] = [await openSession(people.clinician), await openSession(people.admin)];
    await endOwnOtherSessions();
    expect(await findSession(own.hash)).toBeUndefined();
    expect(await findSession(theirs.hash)).toBeDefined();
    expect(await currentUser()).toMatchObject({ id: people.clinician });
  });

  it.each(['', 'x', '\0', 'x'.repeat(10_000)])('ends nothing by the id %.10j', async (session_id) => {
    // Nothing has an id that is empty, or that no database can hold.
    const isNone = session_id === '' || session_id === '\0';
    const ending = endOwnSession(formOf({ session_id }));
    await (isNone ? expect(ending).rejects.toThrow(/404/) : ending);
    expect(await currentUser()).toMatchObject({ id: people.clinician });
  });
});
