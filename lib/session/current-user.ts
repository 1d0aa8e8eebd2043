import { cookies } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { decode } from 'next-auth/jwt';
import { cache } from 'react';
import { findMember, type Member } from '#lib/data/member/memberships.ts';
import { findUser, type User } from '#lib/data/member/users.ts';
import type { Role } from '#lib/smart/role.ts';
import { cookieNames, sessionSecret } from './auth-options.ts';
import { signInAddress } from './return-to.ts';

/** A sign-in that has not expired: its user, and when the password was given, in epoch seconds. */
export interface SignIn {
  userId: string;
  signedInAt?: number;
}

/** The sign-in of the session cookie, if it is ours and has not expired. The user may have been deleted since. */
export const currentSignIn = cache(async (): Promise<SignIn | undefined> => {
  const token = (await cookies()).get(cookieNames().session)?.value;
  if (!token) return undefined;
  const payload = await decode({ token, secret: await sessionSecret() }).catch(() => null);
  if (!payload?.sub) return undefined;
  const { sub: userId, signedInAt } = payload;
  return typeof signedInAt === 'number' ? { userId, signedInAt } : { userId };
});

/** The user who is signed in; undefined when nobody is, or when the user was deleted. */
export const currentUser = cache(async (): Promise<User | undefined> => {
  const signIn = await currentSignIn();
  return signIn ? findUser(signIn.userId) : undefined;
});

/** The user who is signed in. Everybody else is sent to sign in, and then back to `returnTo`, a path with its query. */
export async function requireUser(returnTo: string): Promise<User> {
  return (await currentUser()) ?? redirect(signInAddress(returnTo));
}

/**
 * The membership of the signed-in user in the sandbox named `slug`, in one query; for route handlers, which respond
 * themselves.
 */
export const memberOf = cache(
  async (slug: string): Promise<Member | 'signed-out' | 'not-a-member' | 'unknown-sandbox'> => {
    const signIn = await currentSignIn();
    const found = await findMember(slug, signIn?.userId ?? '');
    if (!found) return 'unknown-sandbox';
    if (found.member) return found.member;
    return (await currentUser()) ? 'not-a-member' : 'signed-out';
  },
);

/**
 * The member of sandbox `slug` who is signed in, for pages and server actions. Shows 404 for an unknown sandbox, sends
 * whoever is not signed in to sign in and back to `returnTo`, and shows 403 to roles other than `roles` (default: all).
 */
export async function requireMember(slug: string, roles?: readonly Role[], returnTo = `/${slug}`): Promise<Member> {
  const member = await memberOf(slug);
  if (member === 'unknown-sandbox') notFound();
  if (member === 'signed-out') redirect(signInAddress(returnTo));
  if (member === 'not-a-member' || (roles && !roles.includes(member.role))) forbidden();
  return member;
}
