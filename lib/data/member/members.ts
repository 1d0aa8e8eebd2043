import type { Role } from '#lib/smart/role.ts';
import { isTaken } from '../database/constraint.ts';
import { database } from '../database/database.ts';
import { query, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { deleteLeftAccounts } from '../sandbox/deleted-sandboxes.ts';
import { endAllSessions } from '../session/end-sessions.ts';
import { signOutDemoted } from './demotion.ts';
import { endLostPatients } from './lost-patients.ts';
import { hashPassword } from './passwords.ts';
import { generatePassword } from './reset-password.ts';

/** A member's role in a sandbox, the resource that stands for them, and the patients for whom they act. */
export interface Standing {
  role: Role;
  /** Relative reference of the FHIR resource that stands for them. */
  fhirUser: string | null;
  /** Ids of the Patients for whom a patient may act, besides themselves. */
  proxyFor: string[];
}

/** A member as administrators see them. */
export interface ListedMember extends Standing {
  userId: string;
  username: string;
  name: string;
}

/** All members of a sandbox, by name. */
export async function findMembers(sandboxId: number): Promise<ListedMember[]> {
  const rows = await database().membership.findMany({
    where: { sandboxId },
    select: {
      userId: true,
      role: true,
      fhirUser: true,
      proxyFor: true,
      user: { select: { username: true, name: true } },
    },
    orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
  });
  return rows.map(({ user, ...member }) => ({ ...member, ...user }));
}

/**
 * Creates an account that is a member of the sandbox, and returns its password, which nobody can read later and which the
 * person must change at the first sign-in.
 */
export async function addNewMember(
  sandboxId: number,
  account: { username: string; name: string },
  standing: Standing,
): Promise<{ password: string } | 'username-taken'> {
  const password = generatePassword();
  const memberships = { create: { sandboxId, ...standing } };
  try {
    const data = { ...account, passwordHash: await hashPassword(password), mustChangePassword: true, memberships };
    await database().user.create({ data });
    return { password };
  } catch (error) {
    if (isTaken(error)) return 'username-taken';
    throw error;
  }
}

/** Why a member was not changed or removed. */
export type MemberRefusal = 'no-such-member' | 'last-admin';

/**
 * Changes a member's role and the resources they stand for, and ends what apps may do about patients who are not theirs
 * any more. A sandbox keeps at least one administrator. Whoever gets a role that may do less is signed out, if the account
 * belongs to no other sandbox.
 */
export function changeMember(
  sandboxId: number,
  userId: string,
  standing: Standing,
): Promise<MemberRefusal | undefined> {
  return inTransaction(async () => {
    const refusal = await refusalOf(sandboxId, userId, standing.role);
    if (refusal) return refusal;
    const where = { sandboxId_userId: { sandboxId, userId } };
    const before = await database().membership.findUniqueOrThrow({ where });
    await database().membership.update({ where, data: standing });
    await signOutDemoted(userId, { from: before.role, to: standing.role });
    await endLostPatients(sandboxId, userId, standing);
    return undefined;
  });
}

/**
 * Ends a membership, and with it all access that the person gave to apps of this sandbox. An account that belongs to no
 * other sandbox is signed out and deleted, unless it is that of `removedBy`. Others stay signed in there.
 */
export function removeMember(sandboxId: number, userId: string, removedBy: string): Promise<MemberRefusal | undefined> {
  return inTransaction(async () => {
    const refusal = await refusalOf(sandboxId, userId);
    if (refusal) return refusal;
    await database().membership.delete({ where: { sandboxId_userId: { sandboxId, userId } } });
    const where = { sandboxId, userId };
    await database().consent.deleteMany({ where });
    await database().launchContext.deleteMany({ where });
    await database().cdsCard.deleteMany({ where });
    await database().grantContext.deleteMany({ where });
    const payload = { path: ['accountId'], equals: userId };
    await database().oidcPayload.deleteMany({ where: { sandboxId, payload } });
    if (userId !== removedBy) await leave(userId);
    return undefined;
  });
}

/** Deletes an account that belongs to no sandbox any more, or signs it out at least, as long as it is invited to one. */
async function leave(userId: string): Promise<void> {
  if ((await database().membership.count({ where: { userId } })) > 0) return;
  await endAllSessions(userId);
  await deleteLeftAccounts([userId]);
}

/** @param role the new role of the member; undefined when they are removed */
async function refusalOf(sandboxId: number, userId: string, role?: Role): Promise<MemberRefusal | undefined> {
  // The lock allows one change at a time, so that of two administrators who remove each other one remains.
  await query(sql`SELECT id FROM sandbox WHERE id = ${sandboxId}::int FOR NO KEY UPDATE`);
  const member = await database().membership.findUnique({ where: { sandboxId_userId: { sandboxId, userId } } });
  if (!member) return 'no-such-member';
  return role !== 'admin' && (await isLastAdmin(sandboxId, member)) ? 'last-admin' : undefined;
}

/** Whether a member is the only administrator of the sandbox. */
export async function isLastAdmin(
  sandboxId: number,
  { userId, role }: { userId: string; role: Role },
): Promise<boolean> {
  if (role !== 'admin') return false;
  const others = { sandboxId, role: 'admin' as const, userId: { not: userId } };
  return (await database().membership.count({ where: others })) === 0;
}
