'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { revokeAccess, revokeServiceAccess } from '#lib/data/token/revoke-access.ts';
import { requireForm } from '#lib/session/require-form.ts';
import { sentId } from '../../../_form/sent-id.ts';
import { recordChange } from '../record-change.ts';
import { requireAdmin } from '../require-admin.ts';

/**
 * Revokes access in the sandbox `slug`, whoever gave it: the grant that the form names, or all grants of the user, the
 * app or both that it names. Grants of other sandboxes are not found.
 */
export async function revokeGrants(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/access');
  requireForm(formData);
  const chosen = {
    ...named(formData, 'grant_id', 'grantId'),
    ...named(formData, 'user_id', 'userId'),
    ...named(formData, 'client_id', 'clientId'),
  };
  if (Object.keys(chosen).length === 0) notFound();
  const ended = await revokeAccess(admin.sandbox.id, chosen);
  if (ended.length > 0) await recordChange(admin, { kind: 'access', action: 'D', page: '/access', about: chosen });
  revalidatePath(`/${slug}/admin/access`);
}

/** Revokes the tokens that a backend service of the sandbox `slug` holds. */
export async function revokeService(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/access');
  requireForm(formData);
  const clientId = sentId(formData, 'client_id') ?? notFound();
  const ended = await revokeServiceAccess(admin.sandbox.id, clientId);
  if (ended > 0) await recordChange(admin, { kind: 'access', action: 'D', page: '/access', about: { clientId } });
  revalidatePath(`/${slug}/admin/access`);
}

function named(formData: FormData, field: string, name: 'grantId' | 'userId' | 'clientId'): Record<string, string> {
  const value = sentId(formData, field);
  return value === undefined ? {} : { [name]: value };
}
