'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { answerInvitation } from '#lib/data/member/invitations.ts';
import { requireUser } from '#lib/session/current-user.ts';

const Answer = z.object({ sandbox_id: z.coerce.number().int().positive(), answer: z.enum(['accept', 'decline']) });

/** Enters the sandbox that the person who is signed in was asked into, or tells that they will not. */
export async function answerOwnInvitation(formData: FormData): Promise<void> {
  const user = await requireUser('/');
  const { data } = Answer.safeParse(Object.fromEntries(formData));
  if (!data) notFound();
  await answerInvitation(data.sandbox_id, user, data.answer === 'accept');
  revalidatePath('/');
}
