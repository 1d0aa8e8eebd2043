'use server';

import type { ResetState } from '#components/member/member-state.ts';
import { recordReset } from '#lib/audit/record-account.ts';
import { type ResetRefusal, resetPassword } from '#lib/data/member/reset-password.ts';
import { requireNames } from '#lib/session/require-form.ts';
import { requireAdmin } from '../../require-admin.ts';

/** Gives the member `userId` of the sandbox `slug` a generated password, which only this answer holds. */
export async function resetMemberPassword(
  slug: string,
  userId: string,
  _state: ResetState,
  _formData: FormData,
): Promise<ResetState> {
  requireNames(userId);
  const admin = await requireAdmin(slug, `/members/${encodeURIComponent(userId)}`);
  const reset = await resetPassword(admin.sandbox.id, userId, admin.user.id);
  if (typeof reset === 'string') return { refusal: refusals[reset] };
  const { username, password } = reset;
  await recordReset(admin, { username, path: `admin/members/${userId}` });
  return { password };
}

const refusals: Record<ResetRefusal, string> = {
  'no-such-member': 'This person is no member any more.',
  own: 'This is your own password. Change it under Your account, where you are asked for the present one.',
  elsewhere:
    'This account also belongs to another sandbox. Whoever resets its password could enter that one too, so nobody can do so here. The person can change it under Your account.',
};
