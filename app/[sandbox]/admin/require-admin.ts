import type { Member } from '#lib/data/member/memberships.ts';
import { requireMember } from '#lib/session/current-user.ts';

/**
 * The administrator at the EHR; everyone else is answered 404, sent to sign-in or answered 403. Every page and every
 * action under /admin asks this first. `page` is the path below /admin to return to after sign-in.
 */
export function requireAdmin(sandbox: string, page = ''): Promise<Member> {
  return requireMember(sandbox, ['admin'], `/${sandbox}/admin${page}`);
}
