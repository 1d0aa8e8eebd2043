'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { forgetConsent } from '#lib/data/token/consents.ts';
import { revokeAccess } from '#lib/data/token/revoke-access.ts';
import { requireMember } from '#lib/session/current-user.ts';
import { sentId } from '../../sent-id.ts';

/**
 * Revokes access that the user gave in the sandbox `slug`: the grant that the form names, or all grants of the app that
 * it names. Nothing happens to grants of others, or to those that have ended already.
 */
export async function revokeOwnAccess(slug: string, formData: FormData): Promise<void> {
  const { sandbox, user } = await requireMember(slug, undefined, `/${slug}/access`);
  const grantId = sentId(formData, 'grant_id');
  const chosen = grantId ? { grantId } : { clientId: sentId(formData, 'client_id') ?? notFound() };
  await revokeAccess(sandbox.id, { userId: user.id, ...chosen });
  revalidatePath(`/${slug}/access`);
}

/** Forgets the user's remembered consent to the app that the form names, so that the app must ask again. */
export async function forgetAnswer(slug: string, formData: FormData): Promise<void> {
  const { sandbox, user } = await requireMember(slug, undefined, `/${slug}/access`);
  const clientId = sentId(formData, 'client_id') ?? notFound();
  await forgetConsent(sandbox.id, user.id, clientId);
  revalidatePath(`/${slug}/access`);
}
