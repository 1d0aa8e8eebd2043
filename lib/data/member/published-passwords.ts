import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { endAccess } from '../token/end-access.ts';
import { forgetGivenPasswords } from './given-passwords.ts';
import { hashPassword, matchesPassword } from './passwords.ts';
import { generatePassword } from './reset-password.ts';
import { setPassword } from './set-password.ts';

/** The accounts of the shipped sandbox, whose passwords everybody can read. */
const shippedAccounts = new Map([
  ['admin', 'admin-demo'],
  ['clinician', 'clinician-demo'],
  ['internist', 'internist-demo'],
  ['patient', 'patient-demo'],
]);

/** Passwords in the examples of the guide and in the sandbox files of the tests. */
const examples = ['ann-password', 'parent-password', 'stranger-demo', 'hasty-demo'];

const published = new Set([...shippedAccounts.values(), ...examples]);

/** Tells whether a password can be read in what is published with this software, and so protects nothing. */
export function isPublished(password: string): boolean {
  return published.has(password.normalize('NFKC'));
}

/** An account with its password, for the terminal of whoever starts the server. */
export interface ToldPassword {
  username: string;
  password: string;
}

/**
 * Gives each account that still has its published password a random one, to be changed at the next sign-in, and ends its
 * sessions and the access of apps. Of several processes that do so at the same moment, one comes first and returns it.
 * @param record is called in the transaction with the names of the accounts, unless there are none
 */
export async function replacePublishedPasswords(
  record: (usernames: string[]) => Promise<void>,
): Promise<ToldPassword[]> {
  const made: (ToldPassword & { id: string; was: string; passwordHash: string })[] = [];
  for (const { id, username, passwordHash: was } of await findUnprotected()) {
    const password = generatePassword();
    made.push({ id, username, password, was, passwordHash: await hashPassword(password) });
  }
  // All or none: whoever starts the server is told none when this fails.
  return inTransaction(async () => {
    const replaced: (ToldPassword & { id: string })[] = [];
    for (const { id, username, password, was, passwordHash } of made) {
      if (!(await setPassword(id, { passwordHash, mustChange: true }, { was }))) continue;
      await endAccess(id);
      replaced.push({ id, username, password });
    }
    if (replaced.length > 0) await record(replaced.map(({ username }) => username));
    await forgetGivenPasswords(replaced.map(({ id }) => id));
    return replaced.map(({ id: _, ...told }) => told);
  });
}

/** The shipped accounts that still have their published passwords, with these. */
export async function findPublishedPasswords(): Promise<ToldPassword[]> {
  const accounts = await findUnprotected();
  return accounts.map(({ username }) => ({ username, password: shippedAccounts.get(username) ?? '' }));
}

async function findUnprotected() {
  const where = { username: { in: [...shippedAccounts.keys()] } };
  const accounts = await database().user.findMany({ where, select: { id: true, username: true, passwordHash: true } });
  const checked = await Promise.all(
    accounts.map(async (account) => {
      const password = shippedAccounts.get(account.username) ?? '';
      return (await matchesPassword(password, account.passwordHash, 'definition')) ? [account] : [];
    }),
  );
  return checked.flat();
}
