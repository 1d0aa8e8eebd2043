'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import type { RotatedSecret } from '#components/client/rotate-secret.tsx';
import { deleteClient, rotateClientSecret, type SecretRefusal, setClientEnabled } from '#lib/data/client/clients.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { requireForm } from '#lib/session/require-form.ts';
import { ClientId } from '#lib/smart/client/field-rules.ts';
import { recordChange } from '../record-change.ts';
import { requireAdmin } from '../require-admin.ts';

/** Enables a disabled app of the sandbox `slug`. */
export async function enableApp(slug: string, formData: FormData): Promise<void> {
  await switchApp(slug, formData, true);
  revalidatePath(`/${slug}/admin/apps`);
}

/** Disables an app of the sandbox `slug`: every token that it holds stops working. */
export async function disableApp(slug: string, formData: FormData): Promise<void> {
  await switchApp(slug, formData, false);
  revalidatePath(`/${slug}/admin/apps`);
}

/** Removes an app from the sandbox `slug`. */
export async function removeApp(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/apps');
  requireForm(formData);
  const clientId = clientIdOf(formData);
  if (await deleteClient(admin.sandbox.id, clientId)) await recordApp(admin, clientId, 'D');
  revalidatePath(`/${slug}/admin/apps`);
}

/**
 * Replaces the secret of an app of the sandbox `slug`. The result holds the new one, which is stored as a hash only.
 */
export async function replaceSecret(slug: string, _state: RotatedSecret, formData: FormData): Promise<RotatedSecret> {
  const admin = await requireAdmin(slug, '/apps');
  requireForm(formData);
  const clientId = clientIdOf(formData);
  const rotated = await rotateClientSecret(admin.sandbox.id, clientId);
  if (typeof rotated === 'string') return { formError: secretRefusals[rotated] };
  await recordApp(admin, clientId, 'U', 'secret');
  return rotated;
}

const secretRefusals: Record<SecretRefusal, string> = {
  'no-secret': 'This app is gone, or it no longer uses a secret. Load the page again.',
  'just-replaced':
    'The secret was replaced just now, perhaps in another window. Ask there for it, or replace it again.',
};

async function switchApp(slug: string, formData: FormData, enabled: boolean): Promise<void> {
  const admin = await requireAdmin(slug, '/apps');
  requireForm(formData);
  const clientId = clientIdOf(formData);
  if (!(await setClientEnabled(admin.sandbox.id, clientId, enabled))) return;
  await recordApp(admin, clientId, 'U', enabled ? 'enabled' : 'disabled');
}

function recordApp(admin: Member, clientId: string, action: 'U' | 'D', change?: string): Promise<void> {
  return recordChange(admin, { kind: 'app', action, page: '/apps', about: { client_id: clientId, change } });
}

function clientIdOf(formData: FormData): string {
  return ClientId.safeParse(formData.get('client_id')).data ?? notFound();
}
