import { namesSandbox, usernameIn } from '#lib/smart/member/account-name.ts';
import { database } from '../database/database.ts';
import type { UserDefinition } from './defined-users.ts';
import { findGivenPasswords } from './given-passwords.ts';
import { isSamePassword, matchesPassword } from './passwords.ts';

/** How a user of a sandbox file signs in, or why the file cannot have them. */
export type AccountName =
  | {
      username: string;
      /** Whether the person has chosen another password since a file gave this one, and keeps it. */
      keepsPassword?: boolean;
    }
  | { reason: string };

/** What is known of a user of a sandbox file before it is applied. */
export interface KnownUser {
  /** The account that the file gave, with its id, if it is known. */
  given?: { username?: string | undefined; row?: string | undefined } | undefined;
  /** Whether the file gives the password that it gave before, or nobody knows which that was. */
  samePassword: boolean;
  /** The users of the other sandbox files of this start. */
  alongside: { slug: string; users: UserDefinition[] }[];
}

interface Account {
  id: string;
  username: string;
  passwordHash: string;
  /** Slugs of the sandboxes that the account is a member of. */
  slugs: string[];
}

/**
 * The account of a user whom a sandbox file of the operator describes. It has the name in the file, unless another person
 * has that: then it is named after the sandbox. Two files that give one name the same password mean the same person,
 * whatever password that person has chosen since.
 */
export async function accountNameOf(slug: string, user: UserDefinition, known: KnownUser): Promise<AccountName> {
  const { username } = user;
  const own = usernameIn(slug, username);
  const accounts = await findAccounts([username, own, known.given?.username ?? own]);
  const present = presentAccount(slug, accounts, { own, username, given: known.given });
  // A name that ends in the slug belongs to the sandbox, whatever others its person is in.
  if (present?.username === own) return { username: own };
  if (present) return inPlace(present, slug, { user, known });
  const plain = accounts.get(username);
  if (!plain) return { username: namesSandbox(username, slug) ? own : username };
  return (await sameAs(plain, slug, { user, known })) ?? ownName(own, user.password, accounts.get(own));
}

/** The account that the file gave before; or else the member of the sandbox who has the name, in one of its forms. */
function presentAccount(
  slug: string,
  accounts: Map<string, Account>,
  { own, username, given }: { own: string; username: string } & Pick<KnownUser, 'given'>,
): Account | undefined {
  const before = accounts.get(given?.username ?? '');
  if (before && before.id === given?.row) return before;
  return [own, username].flatMap((name) => accounts.get(name) ?? []).find(({ slugs }) => slugs.includes(slug));
}

interface Described {
  user: UserDefinition;
  known: KnownUser;
}

/** The account that a user has already: a password that the file changes must be that of every other file. */
async function inPlace(account: Account, slug: string, described: Described): Promise<AccountName> {
  const { username, slugs } = account;
  if (described.known.samePassword || slugs.every((one) => one === slug)) return { username };
  return (await sameAs(account, slug, described)) ?? { reason: shared(account, slug) };
}

/** The account, if the file gives it the password that it has, or that files of all its other sandboxes give it. */
async function sameAs(account: Account, slug: string, { user, known }: Described): Promise<AccountName | undefined> {
  const { id, username, passwordHash, slugs } = account;
  if (await matchesPassword(user.password, passwordHash, 'definition')) return { username };
  const others = new Set(slugs.filter((one) => one !== slug));
  const changing = known.alongside.filter(({ users }) =>
    users.some((other) => other.username === user.username && isSamePassword(other.password, user.password)),
  );
  if (others.size > 0 && [...others].every((one) => changing.some((file) => file.slug === one))) {
    return { username, keepsPassword: !slugs.includes(slug) };
  }
  for (const { hash } of await findGivenPasswords(id, slug)) {
    if (await matchesPassword(user.password, hash, 'definition')) return { username, keepsPassword: true };
  }
  return undefined;
}

async function ownName(username: string, password: string, account: Account | undefined): Promise<AccountName> {
  if (!account || (await matchesPassword(password, account.passwordHash, 'definition'))) return { username };
  return { reason: `${username} is somebody who is not in this sandbox, with another password` };
}

function shared({ username, slugs }: Account, slug: string): string {
  const others = slugs.filter((one) => one !== slug).join(', ');
  return `${username} is also a user of ${others}, with another password; give both files the same one and load them together, or this user another name`;
}

async function findAccounts(usernames: string[]): Promise<Map<string, Account>> {
  const rows = await database().user.findMany({
    where: { username: { in: usernames } },
    select: {
      id: true,
      username: true,
      passwordHash: true,
      memberships: { select: { sandbox: { select: { slug: true } } } },
    },
  });
  return new Map(
    rows.map(({ memberships, ...account }) => [
      account.username,
      { ...account, slugs: memberships.map(({ sandbox }) => sandbox.slug) },
    ]),
  );
}
