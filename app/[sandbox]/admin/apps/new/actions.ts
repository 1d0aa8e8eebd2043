'use server';

import { revalidatePath } from 'next/cache';
import type { RegistrationState } from '#components/client/registration-state.ts';
import { registerClient } from '#lib/data/client/clients.ts';
import { noRoomForClient } from '#lib/data/sandbox/room.ts';
import { requireForm } from '#lib/session/require-form.ts';
import { recordChange } from '../../record-change.ts';
import { requireAdmin } from '../../require-admin.ts';
import { parseRegistration, toRegisteredApp } from '../registration.ts';

/** Registers the app that the form describes in the sandbox `slug`. */
export async function registerApp(
  slug: string,
  _state: RegistrationState,
  formData: FormData,
): Promise<RegistrationState> {
  const admin = await requireAdmin(slug, '/apps/new');
  requireForm(formData);
  const submission = parseRegistration(formData);
  if (submission.status !== 'success') return { result: submission.reply() };
  const full = await noRoomForClient(admin.sandbox.id);
  if (full) return { result: submission.reply({ fieldErrors: { clientId: [full] } }) };
  const registered = await registerClient(admin.sandbox.id, submission.value);
  if (registered === 'client-id-taken') {
    const taken = `The client id ${submission.value.clientId} is taken by another app of this sandbox.`;
    return { result: submission.reply({ fieldErrors: { clientId: [taken] } }) };
  }
  const about = { client_id: registered.client.clientId };
  await recordChange(admin, { kind: 'app', action: 'C', page: '/apps/new', about });
  revalidatePath(`/${slug}/admin/apps`);
  return { registered: toRegisteredApp(slug, registered) };
}
