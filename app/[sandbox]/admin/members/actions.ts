'use server';

import { revalidatePath } from 'next/cache';
import { notFound, redirect } from 'next/navigation';
import { z } from 'zod';
import type { AddMemberState } from '#components/member/member-state.ts';
import { type FormState, typedIn } from '#components/ui/form/form-state.ts';
import { withdrawInvitation } from '#lib/data/member/invitations.ts';
import { changeMember, findMembers, type MemberRefusal, removeMember } from '#lib/data/member/members.ts';
import { noRoomForUser } from '#lib/data/sandbox/room.ts';
import { requireForm, requireNames } from '#lib/session/require-form.ts';
import { readNewMember, readStanding } from '#lib/smart/member/member-form.ts';
import { sentId } from '../../../_form/sent-id.ts';
import { requireAdmin } from '../require-admin.ts';
import { addAccount, inviteAccount } from './add-account.ts';
import { recordedStanding, recordMember } from './record-member.ts';
import { findMissing, settleStanding } from './settle-standing.ts';

/** Adds a new account to the sandbox `slug`, or invites whoever has the username that the form gives. */
export async function addMember(slug: string, _state: AddMemberState, formData: FormData): Promise<AddMemberState> {
  const admin = await requireAdmin(slug, '/members/new');
  requireForm(formData);
  const typed = typedIn(formData);
  const read = readNewMember(formData);
  if ('errors' in read) return { typed, errors: read.errors };
  const { account, standing } = read;
  const full = await noRoomForUser(admin.sandbox.id);
  if (full) return { typed, errors: { account: [full] } };
  const missing = await findMissing(admin.sandbox, standing);
  if (missing) return { typed, errors: missing };
  const added =
    account.account === 'existing'
      ? await inviteAccount(admin, account, standing)
      : await addAccount(admin, account, standing);
  if (added.errors) return { typed, errors: added.errors };
  revalidatePath(`/${slug}/admin/members`);
  return added;
}

/** Changes the role, `fhirUser` and proxies of the member `userId` of the sandbox `slug`. */
export async function saveMember(
  slug: string,
  userId: string,
  _state: FormState,
  formData: FormData,
): Promise<FormState> {
  requireNames(userId);
  const admin = await requireAdmin(slug, `/members/${userId}`);
  requireForm(formData);
  const { sandbox } = admin;
  const member = (await findMembers(sandbox.id)).find((one) => one.userId === userId) ?? notFound();
  const read = readStanding(formData);
  if ('errors' in read) return { errors: read.errors };
  const missing = await findMissing(sandbox, read.standing);
  if (missing) return { errors: missing };
  const standing = await settleStanding(sandbox, read.standing, member.name);
  const refusal = await changeMember(sandbox.id, userId, standing);
  if (refusal) return { errors: { role: [refusalText[refusal]] } };
  await recordMember(admin, 'U', { username: member.username, ...recordedStanding(standing) });
  revalidatePath(`/${slug}`, 'layout');
  redirect(`/${slug}/admin/members`);
}

/** Ends the membership that the form names, and all access that this user gave to apps of the sandbox. */
export async function removeFromSandbox(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/members');
  requireForm(formData);
  const { sandbox, user } = admin;
  const userId = z.uuid().safeParse(formData.get('user_id')).data ?? notFound();
  // Looked up before, as the account may be deleted with the membership; an id of it could be resolved by nobody.
  const { username } = (await findMembers(sandbox.id)).find((one) => one.userId === userId) ?? notFound();
  const refusal = await removeMember(sandbox.id, userId, user.id);
  if (refusal === 'no-such-member') notFound();
  if (refusal) redirect(`/${slug}/admin/members?refused=${refusal}`);
  await recordMember(admin, 'D', { username });
  revalidatePath(`/${slug}/admin/members`);
}

/** Withdraws the invitation of the username that the form contains. */
export async function withdraw(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/members');
  requireForm(formData);
  const name = sentId(formData, 'username') ?? notFound();
  if (await withdrawInvitation(admin.sandbox.id, name)) await recordMember(admin, 'D', { invited: name });
  revalidatePath(`/${slug}/admin/members`);
}

const refusalText: Record<MemberRefusal, string> = {
  'no-such-member': 'This person is no member any more.',
  'last-admin': 'A sandbox needs an administrator, and this is the only one.',
};
