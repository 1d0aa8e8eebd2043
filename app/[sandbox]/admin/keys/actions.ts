'use server';

import { revalidatePath } from 'next/cache';
import { rotateSigningKeys } from '#lib/data/token/signing-keys.ts';
import { requireAdmin } from '../require-admin.ts';

/** Gives the issuer of the sandbox `slug` new signing keys. */
export async function rotateKeys(slug: string): Promise<void> {
  const { sandbox } = await requireAdmin(slug, '/keys');
  await rotateSigningKeys(sandbox.id);
  revalidatePath(`/${slug}/admin/keys`);
}
