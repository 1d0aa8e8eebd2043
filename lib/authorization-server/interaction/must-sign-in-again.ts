import type { SignIn } from '../request/request-state.ts';
import type { OpenInteraction } from './open-interaction.ts';

/** What a sign-in settles by itself, whenever it was. */
const settled = ['no_session', 'not_a_member', 'id_token_hint'];

/**
 * Whether somebody who is signed in must give a password now: the app wants one, or proof that is younger than what it
 * has, or another account, and nobody gave one since it asked; or it wants a certain user, and they are another.
 */
export function mustSignInAgain(
  { prompt, reasons, since, hintedUserId }: OpenInteraction,
  { userId, signedInAt = 0 }: SignIn,
): boolean {
  if (prompt !== 'login' && prompt !== 'select_account') return false;
  if (hintedUserId !== undefined && hintedUserId !== userId) return true;
  return signedInAt < since && reasons.some((reason) => !settled.includes(reason));
}
