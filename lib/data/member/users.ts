import { database } from '../database/database.ts';
import { matchesPassword } from './passwords.ts';

/** A person who signs in at this origin. */
export interface User {
  id: string;
  username: string;
  name: string;
}

const selected = { id: true, username: true, name: true } as const;

/** The user with this id; undefined when there is none. */
export async function findUser(id: string): Promise<User | undefined> {
  return (await database().user.findUnique({ where: { id }, select: selected })) ?? undefined;
}

/**
 * The user with this name and password. Takes as long for an unknown name, so that names cannot be guessed by timing.
 */
export async function authenticateUser(username: string, password: string): Promise<User | undefined> {
  const found = await database().user.findUnique({ where: { username }, select: { ...selected, passwordHash: true } });
  const matches = await matchesPassword(password, found?.passwordHash);
  return found && matches ? { id: found.id, username: found.username, name: found.name } : undefined;
}
