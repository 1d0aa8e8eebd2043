import type { OpenInteraction } from './open-interaction.ts';
import type { SignIn } from './request-state.ts';

/**
 * Whether somebody who is signed in must give a password now: the app wants one, or proof that is younger than what it
 * has, or another account, and nobody gave one since it asked.
 */
export function mustSignInAgain(
  { prompt, reasons, since }: Pick<OpenInteraction, 'prompt' | 'reasons' | 'since'>,
  { signedInAt = 0 }: SignIn,
): boolean {
  const again = reasons.some((reason) => reason !== 'no_session' && reason !== 'not_a_member');
  return (prompt === 'login' || prompt === 'select_account') && again && signedInAt < since;
}
