'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { pageRecorded } from '#lib/audit/record-page.ts';
import { answerInvitation } from '#lib/data/member/invitations.ts';
import { requireUser } from '#lib/session/current-user.ts';
import { requireForm } from '#lib/session/require-form.ts';

const Answer = z.object({ sandbox_id: z.coerce.number().int().positive(), answer: z.enum(['accept', 'decline']) });

/** Accepts or declines the user's invitation into a sandbox. */
export async function answerOwnInvitation(formData: FormData): Promise<void> {
  const user = await requireUser('/');
  requireForm(formData);
  const { data } = Answer.safeParse(Object.fromEntries(formData));
  if (!data) notFound();
  const accepts = data.answer === 'accept';
  if (await answerInvitation(data.sandbox_id, user.id, accepts)) await record(data.sandbox_id, user.username, accepts);
  revalidatePath('/');
}

function record(id: number, username: string, accepts: boolean): Promise<void> {
  const query = { answer: accepts ? 'accepted' : 'declined' };
  const asked = { interaction: 'invitation', action: accepts ? 'C' : 'D', method: 'POST', path: 'invitation' } as const;
  return pageRecorded({ sandbox: { id }, user: { username } }, { ...asked, query });
}
