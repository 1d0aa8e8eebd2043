import { namesSandbox, usernameIn } from '#lib/smart/member/account-name.ts';
import { database } from '../database/database.ts';
import type { UserDefinition } from './defined-users.ts';
import { matchesPassword } from './passwords.ts';

/** How a user of a sandbox file signs in, or why the file cannot have them. */
export type AccountName = { username: string } | { reason: string };

interface Account {
  username: string;
  passwordHash: string;
  /** Slugs of the sandboxes that the account is a member of. */
  slugs: string[];
}

/**
 * The account of a user whom a sandbox file of the operator describes. It has the name in the file, unless another person
 * has that: then it is named after the sandbox. Two files that give one name the same password mean the same person.
 */
export async function accountNameOf(slug: string, { username, password }: UserDefinition): Promise<AccountName> {
  const own = usernameIn(slug, username);
  const accounts = await findAccounts([username, own]);
  if (accounts.get(own)?.slugs.includes(slug)) return { username: own };
  const plain = accounts.get(username);
  if (!plain) return { username: namesSandbox(username, slug) ? own : username };
  if (plain.slugs.join() === slug || (await matchesPassword(password, plain.passwordHash, 'definition')))
    return { username };
  if (plain.slugs.includes(slug)) return { reason: shared(plain, slug) };
  return ownName(own, password, accounts.get(own));
}

async function ownName(username: string, password: string, account: Account | undefined): Promise<AccountName> {
  if (!account || (await matchesPassword(password, account.passwordHash, 'definition'))) return { username };
  return { reason: `${username} is somebody who is not in this sandbox, with another password` };
}

function shared({ username, slugs }: Account, slug: string): string {
  const others = slugs.filter((one) => one !== slug).join(', ');
  return `${username} is also a user of ${others}, with another password; give both files the same one, or this user another name`;
}

async function findAccounts(usernames: string[]): Promise<Map<string, Account>> {
  const rows = await database().user.findMany({
    where: { username: { in: usernames } },
    select: { username: true, passwordHash: true, memberships: { select: { sandbox: { select: { slug: true } } } } },
  });
  return new Map(
    rows.map(({ username, passwordHash, memberships }) => [
      username,
      { username, passwordHash, slugs: memberships.map(({ sandbox }) => sandbox.slug) },
    ]),
  );
}
