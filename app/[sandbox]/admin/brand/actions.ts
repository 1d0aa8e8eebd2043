'use server';

import { parseWithZod } from '@conform-to/zod/v4';
import { revalidatePath } from 'next/cache';
import type { BrandState } from '#components/brand/brand-fields.ts';
import { saveBrand } from '#lib/data/sandbox/brands.ts';
import { ownOrigins } from '#lib/env.ts';
import { requireForm } from '#lib/session/require-form.ts';
import { brandForm } from '#lib/smart/brand/form.ts';
import { recordChange } from '../record-change.ts';
import { requireAdmin } from '../require-admin.ts';

/** Changes the brand of the sandbox `slug` to what the form says. */
export async function changeBrand(slug: string, _state: BrandState, formData: FormData): Promise<BrandState> {
  const admin = await requireAdmin(slug, '/brand');
  requireForm(formData);
  const submission = parseWithZod(formData, { schema: brandForm(ownOrigins()) });
  if (submission.status !== 'success') return { result: submission.reply() };
  await saveBrand(admin.sandbox.id, submission.value);
  await recordChange(admin, { kind: 'brand', action: 'U', page: '/brand' });
  revalidatePath(`/${slug}`, 'layout');
  return { result: submission.reply(), saved: true };
}
