'use server';

import { revalidatePath } from 'next/cache';
import { notFound, redirect } from 'next/navigation';
import { z } from 'zod';
import type { AddMemberState, ChangeMemberState } from '#components/member/member-state.ts';
import {
  addNewMember,
  changeMember,
  findMembers,
  inviteMember,
  type MemberRefusal,
  removeMember,
  type Standing,
  withdrawInvitation,
} from '#lib/data/member/members.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { readAccount, readStanding, usernameIn } from '#lib/smart/sandbox/member-form.ts';
import { recordChange } from '../record-change.ts';
import { requireAdmin } from '../require-admin.ts';
import { findMissing, settleStanding } from './save-standing.ts';

/** Adds a new account to the sandbox `slug`, or asks whoever has an account of the name that the form gives. */
export async function addMember(slug: string, _state: AddMemberState, formData: FormData): Promise<AddMemberState> {
  const admin = await requireAdmin(slug, '/members/new');
  const { sandbox, user } = admin;
  const typed = typedText(formData);
  const [read, asked] = [readAccount(formData), readStanding(formData)];
  if ('errors' in read || 'errors' in asked) return { typed, errors: { ...errorsOf(read), ...errorsOf(asked) } };
  const missing = await findMissing(sandbox, asked.standing);
  if (missing) return { typed, errors: missing };
  const { account } = read;
  if (account.account === 'existing') {
    const standing = await settleStanding(sandbox, asked.standing, account.username);
    await inviteMember(sandbox.id, account.username, { ...standing, invitedBy: user.name });
    recordMember(admin, 'C', { invited: account.username, role: standing.role });
    revalidatePath(`/${slug}/admin/members`);
    return { invited: account.username };
  }
  const username = usernameIn(slug, account.username);
  const taken = { typed, errors: { username: ['Somebody of this sandbox has this user name.'] } };
  if ((await findMembers(sandbox.id)).some((member) => member.username === username)) return taken;
  const standing = await settleStanding(sandbox, asked.standing, account.name);
  const added = await addNewMember(sandbox.id, { username, name: account.name }, standing);
  if (added === 'username-taken') return taken;
  recordMember(admin, 'C', { username, ...toldOf(standing) });
  revalidatePath(`/${slug}/admin/members`);
  return { added: { username, name: account.name, password: added.password } };
}

/** Changes what the member `userId` of the sandbox `slug` is. */
export async function saveMember(
  slug: string,
  userId: string,
  _state: ChangeMemberState,
  formData: FormData,
): Promise<ChangeMemberState> {
  const admin = await requireAdmin(slug, `/members/${userId}`);
  const { sandbox } = admin;
  const member = (await findMembers(sandbox.id)).find((one) => one.userId === userId) ?? notFound();
  const asked = readStanding(formData);
  if ('errors' in asked) return { errors: asked.errors };
  const missing = await findMissing(sandbox, asked.standing);
  if (missing) return { errors: missing };
  const standing = await settleStanding(sandbox, asked.standing, member.name);
  const refusal = await changeMember(sandbox.id, userId, standing);
  if (refusal) return { errors: { role: [refusalText[refusal]] } };
  recordMember(admin, 'U', { username: member.username, ...toldOf(standing) });
  revalidatePath(`/${slug}`, 'layout');
  redirect(`/${slug}/admin/members`);
}

/** Ends the membership that the form names, with everything that apps may do for that person here. */
export async function removeFromSandbox(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/members');
  const { sandbox, user } = admin;
  const userId = z.uuid().safeParse(formData.get('user_id')).data ?? notFound();
  const refusal = await removeMember(sandbox.id, userId, user.id);
  if (refusal === 'no-such-member') notFound();
  if (refusal) redirect(`/${slug}/admin/members?refused=${refusal}`);
  recordMember(admin, 'D', { user_id: userId });
  revalidatePath(`/${slug}/admin/members`);
}

/** Takes back the invitation of the user name that the form names. */
export async function withdraw(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/members');
  const username = formData.get('username');
  if (typeof username !== 'string') notFound();
  const name = username.replaceAll('\0', '');
  await withdrawInvitation(admin.sandbox.id, name);
  recordMember(admin, 'D', { invited: name });
  revalidatePath(`/${slug}/admin/members`);
}

function recordMember(admin: Member, action: 'C' | 'U' | 'D', about: Record<string, string | undefined>): void {
  recordChange(admin, { kind: 'member', action, page: '/members', about });
}

function toldOf({ role, fhirUser, proxyFor }: Standing): Record<string, string | undefined> {
  return { role, fhirUser: fhirUser ?? undefined, proxyFor: proxyFor.join(',') };
}

const refusalText: Record<MemberRefusal, string> = {
  'no-such-member': 'This person is no member any more.',
  'last-admin': 'A sandbox needs an administrator, and this is the only one.',
};

function errorsOf(read: object): Record<string, string[] | undefined> {
  return 'errors' in read ? (read.errors as Record<string, string[] | undefined>) : {};
}

function typedText(formData: FormData): Record<string, string> {
  return Object.fromEntries([...formData].filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
