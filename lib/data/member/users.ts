import { database } from '../database/database.ts';
import { matchesPassword } from './passwords.ts';

/** A person who signs in at this origin. */
export interface User {
  id: string;
  username: string;
  name: string;
}

const selected = { id: true, username: true, name: true } as const;

/** The user with this id, while they exist. */
export async function findUser(id: string): Promise<User | undefined> {
  return (await database().user.findUnique({ where: { id }, select: selected })) ?? undefined;
}

/** The user whose name and password these are; takes as long for a name that nobody has. */
export async function authenticateUser(username: string, password: string): Promise<User | undefined> {
  const found = await database().user.findUnique({ where: { username }, select: { ...selected, passwordHash: true } });
  const matches = await matchesPassword(password, found?.passwordHash);
  return found && matches ? { id: found.id, username: found.username, name: found.name } : undefined;
}
