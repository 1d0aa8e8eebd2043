'use server';

import { revalidatePath } from 'next/cache';
import { rotateSigningKeys } from '#lib/data/token/signing-keys.ts';
import { recordChange } from '../record-change.ts';
import { requireAdmin } from '../require-admin.ts';

/** Gives the issuer of the sandbox `slug` new signing keys. */
export async function rotateKeys(slug: string): Promise<void> {
  const admin = await requireAdmin(slug, '/keys');
  await rotateSigningKeys(admin.sandbox.id);
  await recordChange(admin, { kind: 'keys', action: 'U', page: '/keys', about: { change: 'rotated' } });
  revalidatePath(`/${slug}/admin/keys`);
}
