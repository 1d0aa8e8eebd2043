'use server';

import { redirect } from 'next/navigation';
import type { PasswordState } from '#components/user/password-state.ts';
import { isPublished } from '#lib/data/member/published-passwords.ts';
import type { Session } from '#lib/data/session/find-session.ts';
import { findCurrentSession } from '#lib/session/current-user.ts';
import { changeOwnPassword, passwordLimit } from '#lib/session/own-password.ts';
import { requireForm } from '#lib/session/require-form.ts';
import { signInAddress } from '#lib/session/return-to.ts';
import { passwordIssues } from '#lib/smart/member/password-rules.ts';

/** Changes the password of the user of this browser, even of one who must do so before anything else works. */
export async function saveOwnPassword(_state: PasswordState, formData: FormData): Promise<PasswordState> {
  const session = (await findCurrentSession()) ?? redirect(signInAddress('/account/password'));
  requireForm(formData);
  const typed = { current: textOf(formData, 'current'), chosen: textOf(formData, 'chosen') };
  const errors = errorsOf(session, { ...typed, again: textOf(formData, 'again') });
  if (errors) return { errors };
  const refusal = await changeOwnPassword(session, { ...typed, endsAccess: formData.has('ends_access') });
  return refusal ? { errors: { current: [refusals[refusal]] } } : { changed: true };
}

const refusals = {
  wrong: 'This is not your present password.',
  'too-many-attempts': `It was wrong too often. Try again in ${passwordLimit.minutes} minutes.`,
};

function errorsOf({ user }: Session, { current, chosen, again }: Record<'current' | 'chosen' | 'again', string>) {
  if (!current) return { current: ['Type your present password.'] };
  const issues = passwordIssues(chosen, { username: user.username, current });
  if (isPublished(chosen)) issues.push('Choose another one: this password is published with this software.');
  if (issues.length > 0) return { chosen: issues };
  return chosen === again ? undefined : { again: ['This is not the same as above.'] };
}

function textOf(formData: FormData, name: string): string {
  const value = formData.get(name);
  return typeof value === 'string' ? value : '';
}
