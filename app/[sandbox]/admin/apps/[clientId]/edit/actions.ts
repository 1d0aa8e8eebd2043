'use server';

import { revalidatePath } from 'next/cache';
import { notFound, redirect } from 'next/navigation';
import type { RegistrationState } from '#components/client/registration-state.ts';
import { updateClient } from '#lib/data/client/clients.ts';
import { requireForm, requireNames } from '#lib/session/require-form.ts';
import { recordChange } from '../../../record-change.ts';
import { requireAdmin } from '../../../require-admin.ts';
import { parseRegistration, toRegisteredApp } from '../../registration.ts';

/** Changes the registration of `clientId` in the sandbox `slug` to what the form says. */
export async function changeApp(
  slug: string,
  clientId: string,
  _state: RegistrationState,
  formData: FormData,
): Promise<RegistrationState> {
  requireNames(clientId);
  const admin = await requireAdmin(slug, `/apps/${clientId}/edit`);
  requireForm(formData);
  const submission = parseRegistration(formData);
  if (submission.status !== 'success') return { result: submission.reply() };
  const changed = await updateClient(admin.sandbox.id, clientId, submission.value);
  if (!changed) notFound();
  await recordChange(admin, { kind: 'app', action: 'U', page: '/apps', about: { client_id: clientId } });
  revalidatePath(`/${slug}/admin/apps`);
  if (!changed.clientSecret) redirect(`/${slug}/admin/apps?${new URLSearchParams({ changed: clientId })}`);
  return { registered: toRegisteredApp(slug, changed) };
}
