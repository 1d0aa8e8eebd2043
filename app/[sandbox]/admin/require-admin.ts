import type { Member } from '#lib/data/member/memberships.ts';
import { requireMember } from '#lib/session/current-user.ts';
import { requireNames } from '#lib/session/require-form.ts';

/**
 * Answers the administrator who is signed in; everyone else gets 404 or 403, or is sent to sign in. Every page and
 * every action under /admin calls this first. `page` is the path below /admin to return to after sign-in.
 */
export function requireAdmin(sandbox: string, page = ''): Promise<Member> {
  requireNames(sandbox);
  return requireMember(sandbox, ['admin'], `/${sandbox}/admin${page}`);
}
