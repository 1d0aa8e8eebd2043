'use server';

import { revalidatePath } from 'next/cache';
import { notFound, redirect } from 'next/navigation';
import { z } from 'zod';
import { goOnWithSandboxes } from '#app/sandboxes/go-on.ts';
import type { SettingsState } from '#components/sandbox/settings-form.tsx';
import { typedIn } from '#components/ui/form/form-state.ts';
import { recordSandbox } from '#lib/audit/record-account.ts';
import { deleteSandbox } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { type SandboxSettings, saveSettings } from '#lib/data/sandbox/settings.ts';
import { resetSandbox } from '#lib/data/seed/sandbox-reset.ts';
import { findSeed } from '#lib/data/seed/sandbox-seeds.ts';
import { missingSource } from '#lib/sandbox-file/missing-sources.ts';
import { countChunks, sourcesOf } from '#lib/sandbox-file/seed-chunks.ts';
import { requireForm } from '#lib/session/require-form.ts';
import { SettingsForm } from '#lib/smart/sandbox/settings-form.ts';
import { recordChange } from '../record-change.ts';
import { requireAdmin } from '../require-admin.ts';

/** Changes how the servers of the sandbox `slug` behave. */
export async function changeSettings(slug: string, _state: SettingsState, formData: FormData): Promise<SettingsState> {
  const admin = await requireAdmin(slug, '/settings');
  requireForm(formData);
  const parsed = SettingsForm.safeParse(Object.fromEntries(formData));
  const typed = typedIn(formData);
  if (!parsed.success) return { errors: z.flattenError(parsed.error).fieldErrors, typed };
  await saveSettings(admin.sandbox.id, parsed.data);
  await recordChange(admin, { kind: 'settings', action: 'U', page: '/settings', about: recorded(parsed.data) });
  revalidatePath(`/${slug}`, 'layout');
  return { saved: true, typed };
}

/** Resets the sandbox `slug` to its seed; the form must contain the slug, typed by hand. */
export async function resetToSeed(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/settings');
  requireForm(formData);
  const { sandbox } = admin;
  requireTyped(slug, formData);
  const seed = (await findSeed(sandbox.id)) ?? notFound();
  const sources = sourcesOf(seed);
  // The page names the file that is missing.
  if (missingSource(sources)) redirect(`/${slug}/admin/settings?refused=reset`);
  const total = countChunks(sources);
  await resetSandbox(sandbox.id, seed, { total, now: new Date() });
  await recordChange(admin, { kind: 'sandbox', action: 'U', page: '/settings', about: { change: 'reset' } });
  goOnWithSandboxes();
  revalidatePath(`/${slug}`, 'layout');
}

/** Deletes the sandbox `slug` with everything it owns; the form must contain the slug, typed by hand. */
export async function deleteThisSandbox(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/settings');
  requireForm(formData);
  const { sandbox, user } = admin;
  requireTyped(slug, formData);
  await deleteSandbox(sandbox.id, user.id);
  await recordChange(admin, { kind: 'sandbox', action: 'D', page: '/settings' });
  await recordSandbox(user.username, 'D', { slug, name: sandbox.name, log: String(sandbox.id) });
  goOnWithSandboxes();
  redirect('/');
}

function recorded(settings: SandboxSettings): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value ?? 'default')]));
}

/** Refuses a form in which the slug was not typed, so that no sandbox is lost by accident. */
function requireTyped(slug: string, formData: FormData): void {
  if (formData.get('slug') !== slug) notFound();
}
