import { beforeEach, describe, expect, it } from 'vitest';
import { eventsOf } from '#lib/audit/tests/events.ts';
import { serverLog } from '#lib/data/audit/events.ts';
import { outsideTransaction } from '#lib/data/database/ambient.ts';
import { database } from '#lib/data/database/database.ts';
import { query, sql } from '#lib/data/database/sql.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { answerInvitation, findInvitations, findInvitationsOf } from '#lib/data/member/invitations.ts';
import { removeMember } from '#lib/data/member/members.ts';
import { authenticateUser } from '#lib/data/member/users.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { forgetCookies, formOf, signInAs } from '../../tests/action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from '../../tests/people.ts';
import { resetMemberPassword } from './[userId]/actions.ts';
import { addMember, removeFromSandbox, saveMember, withdraw } from './actions.ts';

let ours: number;
let theirs: number;
let people: TwoSandboxes['people'];

beforeEach(async () => {
  await database().sandbox.deleteMany();
  await database().user.deleteMany();
  ({ ours, theirs, people } = await makeTwoSandboxes());
  forgetCookies();
  await signInAs(people.admin);
  await putResources(ours, [
    { resourceType: 'Patient', id: 'own' } as never,
    { resourceType: 'Patient', id: 'child' } as never,
    { resourceType: 'Practitioner', id: 'doc' } as never,
  ]);
  await putResources(theirs, [{ resourceType: 'Patient', id: 'foreign' } as never]);
});

const newAccount = { account: 'new', name: 'Jane Roe', username: 'jane', role: 'clinician', practitioner: '' };
const membership = (userId: string, sandboxId = ours) =>
  database().membership.findFirst({ where: { sandboxId, userId } });

describe('adding a member', () => {
  it('makes an account in the name space of the sandbox, with a password shown once', async () => {
    const { added } = await addMember('ours', {}, formOf(newAccount));
    expect(added?.username).toBe('jane@ours');
    const user = await authenticateUser('jane@ours', added?.password ?? '');
    expect(await membership(user?.id ?? '')).toMatchObject({ role: 'clinician', fhirUser: null });
    expect((await addMember('ours', {}, formOf(newAccount))).errors?.username).toHaveLength(1);
  });

  it('makes the resource that stands for them, when asked to', async () => {
    const { added } = await addMember('ours', {}, formOf({ ...newAccount, practitioner: 'new' }));
    const user = await database().user.findUnique({
      where: { username: added?.username ?? '' },
      include: { memberships: true },
    });
    const [, id = ''] = user?.memberships[0]?.fhirUser?.split('/') ?? [];
    const stored = await database().resource.findFirst({
      where: { sandboxId: ours, resourceType: 'Practitioner', id },
    });
    expect(JSON.parse(stored?.content ?? '{}')).toMatchObject({ name: [{ family: 'Roe', given: ['Jane'] }] });
  });

  it('answers the same whether or not a username is anybody’s, and whose it is decides', async () => {
    const standing = { account: 'existing', role: 'patient', patient: 'own', proxyFor: ['child'] };
    expect(await addMember('ours', {}, formOf({ ...standing, username: 'stranger' }))).toEqual({ invited: 'stranger' });
    expect(await addMember('ours', {}, formOf({ ...standing, username: 'no-such-user' }))).toEqual({
      invited: 'no-such-user',
    });
    expect(await membership(people.stranger)).toBeNull();
    expect(await findInvitationsOf(people.stranger)).toMatchObject([
      { sandboxId: ours, role: 'patient', name: 'Ours' },
    ]);
    await answerInvitation(theirs, people.stranger, true);
    await answerInvitation(ours, people.clinician, true);
    expect(await findInvitationsOf(people.stranger)).toHaveLength(1);
    const answers = [1, 2, 3, 4].map(() => answerInvitation(ours, people.stranger, true));
    await Promise.all(answers);
    expect(await membership(people.stranger)).toMatchObject({
      role: 'patient',
      fhirUser: 'Patient/own',
      proxyFor: ['child'],
    });
    expect(await findInvitationsOf(people.stranger)).toEqual([]);
  });

  it('invites nobody who gets the name later', async () => {
    await addMember('ours', {}, formOf({ account: 'existing', username: 'later', role: 'admin' }));
    const { id } = await database().user.create({ data: { username: 'later', name: 'Mallory', passwordHash: '' } });
    expect(await findInvitationsOf(id)).toEqual([]);
    await answerInvitation(ours, id, true);
    expect(await membership(id)).toBeNull();
    await addMember('ours', {}, formOf({ account: 'existing', username: 'stranger', role: 'admin' }));
    await database().user.delete({ where: { id: people.stranger } });
    const again = { id: 'again', username: 'stranger', name: 'Mallory', passwordHash: '' };
    await database().user.create({ data: again });
    await answerInvitation(ours, 'again', true);
    expect(await membership('again')).toBeNull();
    expect(await findInvitations(ours)).toHaveLength(2);
  });

  it('takes an invitation back', async () => {
    await addMember('ours', {}, formOf({ account: 'existing', username: 'stranger', role: 'admin' }));
    await withdraw('ours', formOf({ username: 'stranger' }));
    expect(await findInvitationsOf(people.stranger)).toEqual([]);
  });

  it.each([
    [{ username: 'Jane Roe' }, 'username'],
    [{ username: 'jane@theirs' }, 'username'],
    [{ name: ' ' }, 'name'],
    [{ name: 'a\0b' }, 'name'],
    [{ role: 'owner' }, 'role'],
    [{ account: 'other' }, 'account'],
    [{ practitioner: '../x' }, 'practitioner'],
    [{ practitioner: 'nobody' }, 'practitioner'],
    [{ role: 'patient' }, 'patient'],
    [{ role: 'patient', patient: 'foreign' }, 'patient'],
    [{ role: 'patient', patient: 'own', proxyFor: 'foreign' }, 'proxyFor'],
  ])('says beside the field what is wrong with %j', async (change, field) => {
    const { errors, added } = await addMember('ours', {}, formOf({ ...newAccount, ...change }));
    expect(added).toBeUndefined();
    expect(Object.keys(errors ?? {})).toEqual([field]);
    expect(await database().membership.count({ where: { sandboxId: ours } })).toBe(3);
  });
});

describe('changing and removing', () => {
  it('changes role and resource', async () => {
    const form = formOf({ role: 'patient', patient: 'own', proxyFor: ['child', 'own'], practitioner: 'doc' });
    await expect(saveMember('ours', people.clinician, {}, form)).rejects.toThrow('NEXT_REDIRECT');
    expect(await membership(people.clinician)).toMatchObject({
      role: 'patient',
      fhirUser: 'Patient/own',
      proxyFor: ['child'],
    });
  });

  it('never takes away the last administrator, by neither way', async () => {
    const { errors } = await saveMember('ours', people.admin, {}, formOf({ role: 'clinician', practitioner: '' }));
    expect(errors?.role).toEqual(['A sandbox needs an administrator, and this is the only one.']);
    await expect(removeFromSandbox('ours', formOf({ user_id: people.admin }))).rejects.toMatchObject({
      digest: expect.stringContaining('refused=last-admin'),
    });
    expect(await membership(people.admin)).toMatchObject({ role: 'admin' });
  });

  it('leaves one administrator of two who remove each other at once', async () => {
    await database().membership.updateMany({ where: { userId: people.clinician }, data: { role: 'admin' } });
    let settled = false;
    let removal: ReturnType<typeof removeMember> | undefined;
    await inTransaction(async () => {
      await query(sql`SELECT id FROM sandbox WHERE id = ${ours}::int FOR UPDATE`);
      await database().membership.deleteMany({ where: { sandboxId: ours, userId: people.clinician } });
      removal = outsideTransaction(() => removeMember(ours, people.admin, people.admin));
      removal.finally(() => {
        settled = true;
      });
      // Enough round trips for a change that does not wait to finish.
      for (let trips = 0; trips < 3000 && !settled; trips++) await query(sql`SELECT 1`);
    });
    expect(await removal).toBe('last-admin');
    expect(await database().membership.count({ where: { sandboxId: ours, role: 'admin' } })).toBe(1);
  });

  it('ends what the member gave to apps here, and an account that is in no other sandbox', async () => {
    const payload = { accountId: people.clinician };
    const rows = [ours, theirs].map((sandboxId) => ({ sandboxId, model: 'RefreshToken', id: 'x', payload }));
    await database().oidcPayload.createMany({ data: rows });
    await database().grantContext.create({
      data: { grantId: 'g', sandboxId: ours, clientId: 'a', userId: people.clinician, context: {} },
    });
    await removeFromSandbox('ours', formOf({ user_id: people.clinician }));
    expect(await database().oidcPayload.findMany({ select: { sandboxId: true } })).toEqual([{ sandboxId: theirs }]);
    expect(await database().grantContext.count()).toBe(0);
    expect(await database().user.findUnique({ where: { id: people.clinician } })).toBeNull();
  });

  it.each(['', 'x', '\0'])('removes nobody by the id %j', async (user_id) => {
    await expect(removeFromSandbox('ours', formOf({ user_id }))).rejects.toThrow(/NEXT_HTTP/);
    expect(await database().membership.count({ where: { sandboxId: ours } })).toBe(3);
  });

  it('resets the password of a member, and not of anybody else', async () => {
    const reset = (userId: string) => resetMemberPassword('ours', userId, {}, new FormData());
    const { password = '' } = await reset(people.clinician);
    expect(await authenticateUser('clinician', password)).toMatchObject({ id: people.clinician });
    await expect(reset(`${people.patient}\0`)).rejects.toMatchObject({ digest: expect.stringContaining('404') });
    for (const id of [people.stranger, 'nobody']) {
      expect(await reset(id)).toEqual({ refusal: expect.stringContaining('no member') });
    }
    expect(await reset(people.admin)).toEqual({ refusal: expect.stringContaining('own password') });
    await database().membership.create({ data: { sandboxId: theirs, userId: people.patient, role: 'patient' } });
    expect(await reset(people.patient)).toEqual({ refusal: expect.stringContaining('another sandbox') });
  });

  it('changes nobody of another sandbox', async () => {
    await expect(
      saveMember('ours', people.stranger, {}, formOf({ role: 'clinician', practitioner: '' })),
    ).rejects.toThrow(/NEXT_HTTP/);
    await expect(removeFromSandbox('ours', formOf({ user_id: people.stranger }))).rejects.toThrow(/NEXT_HTTP/);
    expect(await membership(people.stranger, theirs)).toMatchObject({ role: 'admin' });
  });
});

it('records by name whose password was reset and who was removed, the reset in the log of the server, too', async () => {
  const { username } = await database().user.findUniqueOrThrow({ where: { id: people.clinician } });
  const { username: admin } = await database().user.findUniqueOrThrow({ where: { id: people.admin } });
  const told = (events: Awaited<ReturnType<typeof eventsOf>>) =>
    events.map((event) => `${event.username}: ${event.interaction} ${event.action} ${event.query}`);
  const inServer: string[] = [];
  const inSandbox = await eventsOf(ours, async () => {
    const reset = () => resetMemberPassword('ours', people.clinician, {}, new FormData());
    inServer.push(...told(await eventsOf(serverLog, reset)));
    await removeFromSandbox('ours', formOf({ user_id: people.clinician }));
  });
  const resetEvent = `${admin}: password U username=${username}&by=administrator&sandbox=ours`;
  expect(inServer).toEqual([resetEvent]);
  expect(told(inSandbox)).toEqual([resetEvent, `${admin}: member D username=${username}`]);
});
