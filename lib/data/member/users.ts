import { database } from '../database/database.ts';
import { matchesPassword } from './passwords.ts';

/** A person who signs in at this origin. */
export interface User {
  id: string;
  username: string;
  name: string;
}

/** A user who has given the right password, with the hash of it: a session begins only while that is still the right one. */
export interface AuthenticatedUser extends User {
  passwordHash: string;
}

const selected = { id: true, username: true, name: true } as const;

/**
 * The user with this name and password. Takes as long for an unknown name, so that names cannot be guessed by timing.
 */
export async function authenticateUser(username: string, password: string): Promise<AuthenticatedUser | undefined> {
  const found = await findWithHash(username);
  const matches = await matchesPassword(password, found?.passwordHash);
  return found && matches ? found : undefined;
}

/** The user with this name, with the hash of the present password, whoever asks. */
export async function findWithHash(username: string): Promise<AuthenticatedUser | undefined> {
  const found = await database().user.findUnique({
    where: { username },
    select: { ...selected, passwordHash: true },
  });
  return found ?? undefined;
}
