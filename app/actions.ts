'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { answerInvitation } from '#lib/data/member/invitations.ts';
import { requireUser } from '#lib/session/current-user.ts';

const Answer = z.object({ sandbox_id: z.coerce.number().int().positive(), answer: z.enum(['accept', 'decline']) });

/** Accepts or declines the user's invitation into a sandbox. */
export async function answerOwnInvitation(formData: FormData): Promise<void> {
  const user = await requireUser('/');
  const { data } = Answer.safeParse(Object.fromEntries(formData));
  if (!data) notFound();
  await answerInvitation(data.sandbox_id, user.id, data.answer === 'accept');
  revalidatePath('/');
}
