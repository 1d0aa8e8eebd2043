'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import type { RotatedSecret } from '#components/client/rotate-secret.tsx';
import { deleteClient, rotateClientSecret, setClientEnabled } from '#lib/data/clients.ts';
import { ClientId } from '#lib/smart/client-registration.ts';
import { requireAdmin } from '../require-admin.ts';

/** Lets an app of the sandbox `slug` in again. */
export async function enableApp(slug: string, formData: FormData): Promise<void> {
  const { sandbox } = await requireAdmin(slug, '/apps');
  await setClientEnabled(sandbox.id, clientIdOf(formData), true);
  revalidatePath(`/${slug}/admin/apps`);
}

/** Shuts an app of the sandbox `slug` out, with every token it holds. */
export async function disableApp(slug: string, formData: FormData): Promise<void> {
  const { sandbox } = await requireAdmin(slug, '/apps');
  await setClientEnabled(sandbox.id, clientIdOf(formData), false);
  revalidatePath(`/${slug}/admin/apps`);
}

/** Removes an app from the sandbox `slug`. */
export async function removeApp(slug: string, formData: FormData): Promise<void> {
  const { sandbox } = await requireAdmin(slug, '/apps');
  await deleteClient(sandbox.id, clientIdOf(formData));
  revalidatePath(`/${slug}/admin/apps`);
}

/** Replaces the secret of an app of the sandbox `slug`; the answer is the only place where the new one stands. */
export async function replaceSecret(slug: string, _state: RotatedSecret, formData: FormData): Promise<RotatedSecret> {
  const { sandbox } = await requireAdmin(slug, '/apps');
  const clientSecret = await rotateClientSecret(sandbox.id, clientIdOf(formData));
  return clientSecret
    ? { clientSecret }
    : { formError: 'This app is gone, or it no longer uses a secret. Load the page again.' };
}

function clientIdOf(formData: FormData): string {
  return ClientId.safeParse(formData.get('client_id')).data ?? notFound();
}
