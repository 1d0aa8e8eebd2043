'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { endOtherSessions, endSession } from '#lib/data/session/end-sessions.ts';
import { requireSession } from '#lib/session/current-user.ts';

/** Ends the session of the user that the form names: signs them out in another browser. */
export async function endOwnSession(formData: FormData): Promise<void> {
  const { user } = await requireSession('/account');
  const id = formData.get('session_id');
  if (typeof id !== 'string') notFound();
  await endSession(user.id, id.replaceAll('\0', ''));
  revalidatePath('/account');
}

/** Ends all sessions of the user but the one of this browser. */
export async function endOwnOtherSessions(): Promise<void> {
  const { id, user } = await requireSession('/account');
  await endOtherSessions(user.id, id);
  revalidatePath('/account');
}
