'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { pageRecorded } from '#lib/audit/record-page.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { forgetConsent } from '#lib/data/token/consents.ts';
import { revokeAccess } from '#lib/data/token/revoke-access.ts';
import { requireMember } from '#lib/session/current-user.ts';
import { requireForm, requireNames } from '#lib/session/require-form.ts';
import { sentId } from '../../../_form/sent-id.ts';

/**
 * Revokes access that the user gave in the sandbox `slug`: the grant that the form names, or all grants of the app that
 * it names. Nothing happens to grants of others, or to those that have ended already.
 */
export async function revokeOwnAccess(slug: string, formData: FormData): Promise<void> {
  requireNames(slug);
  const member = await requireMember(slug, undefined, `/${slug}/access`);
  requireForm(formData);
  const grantId = sentId(formData, 'grant_id');
  await revoke(member, grantId ? { grantId } : { clientId: sentId(formData, 'client_id') ?? notFound() });
  revalidatePath(`/${slug}/access`);
}

/** Forgets the user's remembered consent to the app that the form names, so that the app must ask again. */
export async function forgetAnswer(slug: string, formData: FormData): Promise<void> {
  requireNames(slug);
  const member = await requireMember(slug, undefined, `/${slug}/access`);
  requireForm(formData);
  const clientId = sentId(formData, 'client_id') ?? notFound();
  const forgotten = await forgetConsent(member.sandbox.id, member.user.id, clientId);
  if (forgotten) await record(member, { change: 'forgotten', clientId });
  revalidatePath(`/${slug}/access`);
}

async function revoke(member: Member, chosen: { grantId: string } | { clientId: string }): Promise<void> {
  const ended = await revokeAccess(member.sandbox.id, { userId: member.user.id, ...chosen });
  if (ended.length > 0) await record(member, { change: 'ended', ...chosen });
}

function record(member: Member, query: Record<string, string>): Promise<void> {
  return pageRecorded(member, { interaction: 'access', action: 'D', method: 'POST', path: 'access', query });
}
