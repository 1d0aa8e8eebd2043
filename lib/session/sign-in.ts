import { z } from 'zod';
import { recordAccount } from '#lib/audit/record-account.ts';
import { admitSignInAttempt, forgetSignInAttempts } from '#lib/data/member/sign-in-attempts.ts';
import { authenticateUser, type User } from '#lib/data/member/users.ts';
import { callerAddress } from '#lib/http/caller-address.ts';
import { networkOf } from '#lib/http/network.ts';

/** Why a sign-in was refused; the values appear in the address of the sign-in page. */
export type SignInRefusal = 'wrong' | 'too-many-attempts';

const Username = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !name.includes('\0'));
const Credentials = z.object({ username: Username, password: z.string().min(1).max(1000) });

/** The circumstances of a sign-in. */
interface Circumstances {
  now?: Date;
  /** Names the browser that the user has signed in with before, if it is one. */
  knownBrowser?: ((username: string) => Promise<string | undefined>) | undefined;
}

/**
 * The user with these credentials, or a refusal. Attempts are counted for each username, whether or not it exists, and
 * for the network that they come from. All are in the audit log, by the name that was tried.
 */
export async function signIn(
  credentials: unknown,
  { now = new Date(), knownBrowser }: Circumstances = {},
): Promise<User | SignInRefusal> {
  const parsed = Credentials.safeParse(credentials);
  if (!parsed.success) return 'wrong';
  const { username, password } = parsed.data;
  const attempt = { username, network: networkOf(callerAddress()), knownBrowser: await knownBrowser?.(username) };
  if (!(await admitSignInAttempt(attempt, now))) return refused(username, 'too-many-attempts');
  const user = await authenticateUser(username, password);
  if (!user) return refused(username, 'wrong');
  await forgetSignInAttempts(attempt);
  await recordAccount({ interaction: 'sign-in', account: { username } });
  return user;
}

/** Records a refusal. It is not waited for, since writing takes longer where there is such an account. */
function refused(username: string, reason: SignInRefusal): SignInRefusal {
  const counted = reason === 'too-many-attempts';
  const status = counted ? 429 : 401;
  void recordAccount({ interaction: 'sign-in', account: { username }, status, counted, about: { reason } });
  return reason;
}
