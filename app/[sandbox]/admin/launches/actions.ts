'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { withdrawLaunch } from '#lib/data/launch/launches.ts';
import { requireForm } from '#lib/session/require-form.ts';
import { LaunchHash } from '#lib/smart/launch/ids.ts';
import { recordChange } from '../record-change.ts';
import { requireAdmin } from '../require-admin.ts';

/** Withdraws a launch of the sandbox `slug` that no app has used yet; launches of other sandboxes are not found. */
export async function withdraw(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/launches');
  requireForm(formData);
  const { data: launchHash } = LaunchHash.safeParse(formData.get('launch'));
  if (launchHash === undefined) notFound();
  const about = { change: 'withdrawn', launch: launchHash };
  if (await withdrawLaunch(admin.sandbox.id, launchHash)) {
    await recordChange(admin, { kind: 'launch', action: 'D', page: '/launches', about });
  }
  revalidatePath(`/${slug}/admin/launches`);
}
