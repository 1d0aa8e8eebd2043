'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { forgetConsent } from '#lib/data/token/consents.ts';
import { revokeAccess } from '#lib/data/token/revoke-access.ts';
import { requireMember } from '#lib/session/current-user.ts';

/**
 * Ends access that the person who is signed in gave in the sandbox `slug`: the grant that the form names, or every
 * grant of the app that it names. What is not theirs, or has ended already, stays as it is.
 */
export async function revokeOwnAccess(slug: string, formData: FormData): Promise<void> {
  const { sandbox, user } = await requireMember(slug, undefined, `/${slug}/access`);
  const grantId = formData.get('grant_id');
  const clientId = formData.get('client_id');
  if (typeof grantId === 'string') await revokeAccess(sandbox.id, { userId: user.id, grantId });
  else if (typeof clientId === 'string') await revokeAccess(sandbox.id, { userId: user.id, clientId });
  else notFound();
  revalidatePath(`/${slug}/access`);
}

/** Forgets what the person who is signed in answered the app that the form names: at its next request it must ask. */
export async function forgetAnswer(slug: string, formData: FormData): Promise<void> {
  const { sandbox, user } = await requireMember(slug, undefined, `/${slug}/access`);
  const clientId = formData.get('client_id');
  if (typeof clientId !== 'string') notFound();
  await forgetConsent(sandbox.id, user.id, clientId);
  revalidatePath(`/${slug}/access`);
}
