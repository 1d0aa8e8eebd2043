import { cookies } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { decode } from 'next-auth/jwt';
import { cache } from 'react';
import { type SecretHash, secretHash } from '#lib/data/database/secret-hash.ts';
import { findVisitor, type Member } from '#lib/data/member/memberships.ts';
import type { User } from '#lib/data/member/users.ts';
import { findSession, type Session } from '#lib/data/session/find-session.ts';
import type { Role } from '#lib/smart/role.ts';
import { cookieNames, sessionSecret } from './auth-options.ts';
import { requireNames } from './require-form.ts';
import { signInAddress } from './return-to.ts';

/**
 * The session that the browser's cookie names, as the hash under which it is stored. The cookie is one that we have made;
 * whether the session lives, only the database knows.
 */
export const currentSession = cache(async (): Promise<SecretHash | undefined> => {
  const token = (await cookies()).get(cookieNames().session)?.value;
  if (!token) return undefined;
  const payload = await decode({ token, secret: await sessionSecret() }).catch(() => null);
  return typeof payload?.session === 'string' ? secretHash(payload.session) : undefined;
});

/** The live session of this browser, even of a user who must change the password before anything else works. */
export const findCurrentSession = cache(async (): Promise<Session | undefined> => {
  const session = await currentSession();
  return session && findSession(session);
});

/** The user who is signed in; undefined when nobody is, or while the user must change the password. */
export async function currentUser(): Promise<User | undefined> {
  const session = await findCurrentSession();
  return session?.mustChangePassword ? undefined : session?.user;
}

/** The user who is signed in. Everybody else is sent to sign in, and then back to `returnTo`, a path with its query. */
export async function requireUser(returnTo: string): Promise<User> {
  return (await requireSession(returnTo)).user;
}

/** The session of the user who is signed in. Everybody else is sent to sign in, as by `requireUser`. */
export async function requireSession(returnTo: string): Promise<Session> {
  const session = await findCurrentSession();
  return session && !session.mustChangePassword ? session : redirect(signInAddress(returnTo));
}

/**
 * The membership of the signed-in user in the sandbox named `slug`, in one query; for route handlers, which respond
 * themselves. Who must change the password first counts as signed out: the sign-in page leads to where that is done.
 */
export const memberOf = cache(
  async (slug: string): Promise<Member | 'signed-out' | 'not-a-member' | 'unknown-sandbox'> => {
    const found = await findVisitor(slug, await currentSession());
    if (!found) return 'unknown-sandbox';
    return found.member ?? (found.signedIn ? 'not-a-member' : 'signed-out');
  },
);

/**
 * The member of sandbox `slug` who is signed in, for pages and server actions. Shows 404 for an unknown sandbox, sends
 * whoever is not signed in to sign in and back to `returnTo`, and shows 403 to roles other than `roles` (default: all).
 */
export async function requireMember(slug: string, roles?: readonly Role[], returnTo = `/${slug}`): Promise<Member> {
  requireNames(slug);
  const member = await memberOf(slug);
  if (member === 'unknown-sandbox') notFound();
  if (member === 'signed-out') redirect(signInAddress(returnTo));
  if (member === 'not-a-member' || (roles && !roles.includes(member.role))) forbidden();
  return member;
}
