import { z } from 'zod';
import { recordAccount } from '#lib/audit/record-account.ts';
import { isPublished } from '#lib/data/member/published-passwords.ts';
import { admitSignInAttempt, forgetSignInAttempts, withdrawSignInAttempt } from '#lib/data/member/sign-in-attempts.ts';
import { type AuthenticatedUser, authenticateUser } from '#lib/data/member/users.ts';
import { env } from '#lib/env.ts';
import { callerAddress } from '#lib/http/caller/caller-address.ts';
import { networkOf, widerNetworkOf } from '#lib/http/caller/network.ts';

/** Why a sign-in was refused; the values appear in the address of the sign-in page. */
export type SignInRefusal = 'wrong' | 'too-many-attempts' | 'published';

const Username = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !name.includes('\0'));
const Credentials = z.object({ username: Username, password: z.string().min(1).max(1000) });

/** The circumstances of a sign-in. */
interface Circumstances {
  now?: Date;
  /** Whether others than this machine can reach the server. */
  exposed?: boolean;
  /** Names the browser that the user has signed in with before, if it is one. */
  knownBrowser?: ((username: string) => Promise<string | undefined>) | undefined;
}

/**
 * The user with these credentials, or a refusal. Attempts are counted for each username, whether or not it exists, and
 * for the network that they come from. A published password opens no account, of whatever sandbox, on a server that others
 * can reach. All attempts are in the audit log, by the name that was tried.
 */
export async function signIn(
  credentials: unknown,
  { now = new Date(), exposed = env().exposed, knownBrowser }: Circumstances = {},
): Promise<AuthenticatedUser | SignInRefusal> {
  const parsed = Credentials.safeParse(credentials);
  if (!parsed.success) return 'wrong';
  const { username, password } = parsed.data;
  if (exposed && isPublished(password)) return refused(username, 'published');
  const attempt = { username, ...networksOf(callerAddress()), knownBrowser: await knownBrowser?.(username) };
  if (!(await admitSignInAttempt(attempt, now))) return refused(username, 'too-many-attempts');
  const user = await authenticateUser(username, password).catch((thrown: unknown) => {
    withdrawSignInAttempt(attempt);
    throw thrown;
  });
  if (!user) return refused(username, 'wrong');
  await forgetSignInAttempts(attempt);
  await recordAccount({ interaction: 'sign-in', account: { username } });
  return user;
}

function networksOf(address: string | undefined) {
  return { network: networkOf(address), widerNetwork: widerNetworkOf(address) };
}

const statuses: Record<SignInRefusal, number> = { wrong: 401, published: 403, 'too-many-attempts': 429 };

/** Records a refusal. It is not waited for, since writing takes longer where there is such an account. */
function refused(username: string, reason: SignInRefusal): SignInRefusal {
  // Those whose password is not even looked at have no limit, so that alike ones are counted.
  const event = { status: statuses[reason], counted: reason !== 'wrong', about: { reason } };
  void recordAccount({ interaction: 'sign-in', account: { username }, ...event });
  return reason;
}
