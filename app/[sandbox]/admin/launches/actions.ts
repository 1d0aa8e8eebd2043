'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { withdrawLaunch } from '#lib/data/launch/launches.ts';
import { LaunchHash } from '#lib/smart/launch/ids.ts';
import { requireAdmin } from '../require-admin.ts';

/** Withdraws a launch of the sandbox `slug` that no app has used yet; launches of other sandboxes are not found. */
export async function withdraw(slug: string, formData: FormData): Promise<void> {
  const { sandbox } = await requireAdmin(slug, '/launches');
  const { data: launchHash } = LaunchHash.safeParse(formData.get('launch'));
  if (launchHash === undefined) notFound();
  await withdrawLaunch(sandbox.id, launchHash);
  revalidatePath(`/${slug}/admin/launches`);
}
