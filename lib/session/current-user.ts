import { cookies } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { decode } from 'next-auth/jwt';
import { cache } from 'react';
import { findMember, type Member } from '#lib/data/member/memberships.ts';
import { findUser, type User } from '#lib/data/member/users.ts';
import type { Role } from '#lib/smart/role.ts';
import { cookieNames, sessionSecret } from './auth-options.ts';
import { signInAddress } from './return-to.ts';

/** A sign-in that has not expired: whose it is, and when, in epoch seconds, the password was given. */
export interface SignIn {
  userId: string;
  signedInAt?: number;
}

/** What the session cookie says, when it is ours and has not expired; not whether the user still exists. */
export const currentSignIn = cache(async (): Promise<SignIn | undefined> => {
  const token = (await cookies()).get(cookieNames().session)?.value;
  if (!token) return undefined;
  const payload = await decode({ token, secret: await sessionSecret() }).catch(() => null);
  if (!payload?.sub) return undefined;
  const { sub: userId, signedInAt } = payload;
  return typeof signedInAt === 'number' ? { userId, signedInAt } : { userId };
});

/** Who sits at the EHR; undefined when nobody has signed in, or the user is gone. */
export const currentUser = cache(async (): Promise<User | undefined> => {
  const signIn = await currentSignIn();
  return signIn ? findUser(signIn.userId) : undefined;
});

/** Who sits at the EHR; sends everyone else to sign in first and then back to `returnTo`, a path with its query. */
export async function requireUser(returnTo: string): Promise<User> {
  return (await currentUser()) ?? redirect(signInAddress(returnTo));
}

/** What the person at the EHR is in the sandbox named `slug`, with one query; for route handlers, which answer themselves. */
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
 * The member of sandbox `slug` who sits at the EHR, for pages and server actions. Answers 404 for an unknown sandbox,
 * sends to sign-in and back to `returnTo`, and answers 403 to anyone whose role is not among `roles` (default: all).
 */
export async function requireMember(slug: string, roles?: readonly Role[], returnTo = `/${slug}`): Promise<Member> {
  const member = await memberOf(slug);
  if (member === 'unknown-sandbox') notFound();
  if (member === 'signed-out') redirect(signInAddress(returnTo));
  if (member === 'not-a-member' || (roles && !roles.includes(member.role))) forbidden();
  return member;
}
