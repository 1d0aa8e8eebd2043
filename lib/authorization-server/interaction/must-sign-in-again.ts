import type { SignIn } from '#lib/data/session/live-session.ts';
import type { OpenInteraction } from './open-interaction.ts';

/** The reasons that any sign-in settles, however old it is. */
const settled = ['no_session', 'not_a_member', 'id_token_hint'];

/**
 * Tells whether a user who is signed in must give a password now: because the app asked for a fresh login, a more
 * recent one or another account and nobody has signed in since, or because it asked for a user who is somebody else.
 */
export function mustSignInAgain(
  { prompt, reasons, since, hintedUserId }: OpenInteraction,
  { userId, signedInAt }: SignIn,
): boolean {
  if (prompt !== 'login' && prompt !== 'select_account') return false;
  if (hintedUserId !== undefined && hintedUserId !== userId) return true;
  return signedInAt < since && reasons.some((reason) => !settled.includes(reason));
}
