'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { recordAccount } from '#lib/audit/record-account.ts';
import type { User } from '#lib/data/member/users.ts';
import { endOtherSessions, endSession } from '#lib/data/session/end-sessions.ts';
import { requireSession } from '#lib/session/current-user.ts';
import { requireForm } from '#lib/session/require-form.ts';
import { sentId } from '../_form/sent-id.ts';

/** Ends the session of the user that the form names: signs them out in another browser. */
export async function endOwnSession(formData: FormData): Promise<void> {
  const { user } = await requireSession('/account');
  requireForm(formData);
  const id = sentId(formData, 'session_id') ?? notFound();
  if (await endSession(user.id, id)) await recordEnd(user, 1);
  revalidatePath('/account');
}

/** Ends all sessions of the user but the one of this browser. */
export async function endOwnOtherSessions(): Promise<void> {
  const { id, user } = await requireSession('/account');
  const ended = await endOtherSessions(user.id, id);
  if (ended > 0) await recordEnd(user, ended);
  revalidatePath('/account');
}

/** Records that a user was signed out of other browsers. */
function recordEnd(account: User, browsers: number): Promise<void> {
  return recordAccount({ interaction: 'sign-out', account, about: { by: 'user', elsewhere: `${browsers}` } });
}
