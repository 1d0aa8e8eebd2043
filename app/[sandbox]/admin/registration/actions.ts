'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import type { ModeState } from '#components/registration/mode-form.tsx';
import type { NewTokenState } from '#components/registration/new-access-token.tsx';
import { typedIn } from '#components/ui/form/form-state.ts';
import { makeInitialAccessToken, revokeInitialAccessToken } from '#lib/data/client/initial-access-tokens.ts';
import { setRegistrationMode } from '#lib/data/client/registration-mode.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { requireForm } from '#lib/session/require-form.ts';
import { expiryOf, InitialAccessForm } from '#lib/smart/dynamic/initial-access-form.ts';
import { RegistrationMode } from '#lib/smart/dynamic/registration-mode.ts';
import { recordChange } from '../record-change.ts';
import { requireAdmin } from '../require-admin.ts';

/** Changes who may register apps in the sandbox `slug` by the dynamic registration protocol. */
export async function changeMode(slug: string, _state: ModeState, formData: FormData): Promise<ModeState> {
  const admin = await requireAdmin(slug, '/registration');
  requireForm(formData);
  const { data: mode } = RegistrationMode.safeParse(formData.get('registration'));
  if (!mode) return { errors: { registration: ['Choose who may register apps.'] } };
  await setRegistrationMode(admin.sandbox.id, mode);
  await record(admin, 'U', { registration: mode });
  revalidatePath(`/${slug}/admin/registration`);
  return { saved: mode };
}

/** Makes an initial access token for the sandbox `slug`. The result holds its value, which is stored as a hash only. */
export async function makeToken(slug: string, _state: NewTokenState, formData: FormData): Promise<NewTokenState> {
  const admin = await requireAdmin(slug, '/registration');
  requireForm(formData);
  const form = InitialAccessForm.safeParse(Object.fromEntries(formData));
  if (!form.success) return { errors: z.flattenError(form.error).fieldErrors, typed: typedIn(formData) };
  const { label, lifetime } = form.data;
  const expiresAt = expiryOf(lifetime, new Date());
  const token = await makeInitialAccessToken(admin.sandbox.id, { label, expiresAt, madeBy: admin.user.name });
  await record(admin, 'C', { initial_access_token: label, expires: expiresAt?.toISOString() });
  revalidatePath(`/${slug}/admin/registration`);
  return { token };
}

/** Revokes an initial access token of the sandbox `slug`. */
export async function revokeToken(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/registration');
  requireForm(formData);
  const { data: id } = z.uuid().safeParse(formData.get('token_id'));
  if (await revokeInitialAccessToken(admin.sandbox.id, id ?? notFound())) await record(admin, 'D', { token_id: id });
  revalidatePath(`/${slug}/admin/registration`);
}

function record(admin: Member, action: 'C' | 'U' | 'D', about: Record<string, string | undefined>): Promise<void> {
  return recordChange(admin, { kind: 'registration', action, page: '/registration', about });
}
