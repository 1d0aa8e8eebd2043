import { z } from 'zod';
import { isPublished } from '#lib/data/member/published-passwords.ts';
import { admitSignInAttempt, forgetSignInAttempts } from '#lib/data/member/sign-in-attempts.ts';
import { type AuthenticatedUser, authenticateUser } from '#lib/data/member/users.ts';
import { env } from '#lib/env.ts';

/** Why a sign-in was refused; the values appear in the address of the sign-in page. */
export type SignInRefusal = 'wrong' | 'too-many-attempts' | 'published';

const Username = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !name.includes('\0'));
const Credentials = z.object({ username: Username, password: z.string().min(1).max(1000) });

/**
 * The user with these credentials, or a refusal. Attempts are counted for each username, whether or not it exists. A
 * published password opens no account, of whatever sandbox, on a server that others can reach.
 */
export async function signIn(
  credentials: unknown,
  now = new Date(),
  { exposed } = env(),
): Promise<AuthenticatedUser | SignInRefusal> {
  const parsed = Credentials.safeParse(credentials);
  if (!parsed.success) return 'wrong';
  const { username, password } = parsed.data;
  if (exposed && isPublished(password)) return 'published';
  if (!(await admitSignInAttempt(username, now))) return 'too-many-attempts';
  const user = await authenticateUser(username, password);
  if (!user) return 'wrong';
  await forgetSignInAttempts(username);
  return user;
}
