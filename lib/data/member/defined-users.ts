import type { Role } from '#lib/smart/role.ts';
import { database } from '../database/database.ts';
import { endAccess } from '../token/end-access.ts';
import { signOutDemoted } from './demotion.ts';
import { endLostPatients } from './lost-patients.ts';
import { hashPassword, matchesPassword } from './passwords.ts';
import { setPassword } from './set-password.ts';

/** A user as a sandbox file describes them. */
export interface UserDefinition {
  username: string;
  name: string;
  password: string;
  role: Role;
  fhirUser?: string | undefined;
  proxyFor?: string[] | undefined;
}

/** A defined user with the hash of the password instead of the password. */
export type HashedUser = Omit<UserDefinition, 'password'> & { passwordHash: string };

/**
 * Replaces a defined user's password by its hash. An unchanged password keeps its hash: hashing is slow on purpose, and
 * loading a file again should change nothing.
 * @throws Error inside a transaction
 */
export async function withPasswordHash({ password, ...user }: UserDefinition): Promise<HashedUser> {
  const { username } = user;
  const stored = await database().user.findUnique({ where: { username }, select: { passwordHash: true } });
  const unchanged = stored && (await matchesPassword(password, stored.passwordHash, 'definition'));
  return { ...user, passwordHash: unchanged ? stored.passwordHash : await hashPassword(password, 'definition') };
}

/** What applying a defined user has changed. */
export interface AppliedUser {
  userId: string;
  /** Whether they are a member only now. */
  joined: boolean;
  /** Whether an account that was there got another password. */
  passwordSet: boolean;
}

/**
 * Creates or updates a user and their membership of the sandbox. A password that the definition changes ends the user's
 * sessions, and all access of apps.
 * @param keepsPassword whether an account that is there keeps the password that it has
 */
export async function applyUser(
  sandboxId: number,
  definition: HashedUser,
  { keepsPassword = false } = {},
): Promise<AppliedUser> {
  const { username, name, passwordHash, role, fhirUser = null, proxyFor = [] } = definition;
  const stored = await database().user.findUnique({ where: { username }, select: { id: true, passwordHash: true } });
  const passwordSet = stored !== null && !keepsPassword && stored.passwordHash !== passwordHash;
  if (stored && passwordSet) await replacePassword(stored.id, passwordHash);
  const { id: userId } = await database().user.upsert({
    where: { username },
    create: { username, name, passwordHash },
    update: { name },
  });
  const where = { sandboxId_userId: { sandboxId, userId } };
  const before = await database().membership.findUnique({ where, select: { role: true } });
  await database().membership.upsert({
    where,
    create: { sandboxId, userId, role, fhirUser, proxyFor },
    update: { role, fhirUser, proxyFor },
  });
  if (before) await signOutDemoted(userId, { from: before.role, to: role });
  await endLostPatients(sandboxId, userId, { role, fhirUser, proxyFor });
  return { userId, joined: before === null, passwordSet };
}

/** Gives an account the password that a sandbox file says, and ends its sessions and all access of apps. */
export async function replacePassword(userId: string, passwordHash: string): Promise<void> {
  await setPassword(userId, { passwordHash, mustChange: false });
  await endAccess(userId);
}
