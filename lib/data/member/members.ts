import { randomBytes } from 'node:crypto';
import type { Role } from '#lib/smart/role.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { database } from '../database/database.ts';
import { query, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { deleteLeftAccounts } from '../sandbox/deleted-sandboxes.ts';
import { hashPassword } from './passwords.ts';

/** What a member is in a sandbox, and whom they stand and act for there. */
export interface Standing {
  role: Role;
  /** Relative reference of the FHIR resource that stands for them. */
  fhirUser: string | null;
  /** Ids of the Patients for whom a patient may act beside their own record. */
  proxyFor: string[];
}

/** A member as administrators see them. */
export interface ListedMember extends Standing {
  userId: string;
  username: string;
  name: string;
}

/** Everybody in a sandbox, by name. */
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

/** Those who were asked into the sandbox and have not answered, by user name; some may be nobody's. */
export function findInvitations(sandboxId: number): Promise<{ username: string; role: Role }[]> {
  const select = { username: true, role: true } as const;
  return database().invitation.findMany({ where: { sandboxId }, select, orderBy: { username: 'asc' } });
}

/** Makes an account that is a member of the sandbox. The password can be read here and never again. */
export async function addNewMember(
  sandboxId: number,
  account: { username: string; name: string },
  standing: Standing,
): Promise<{ password: string } | 'username-taken'> {
  const password = randomBytes(12).toString('base64url');
  const memberships = { create: { sandboxId, ...standing } };
  try {
    const data = { ...account, passwordHash: await hashPassword(password), memberships };
    await database().user.create({ data });
    return { password };
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return 'username-taken';
    throw error;
  }
}

/** Asks whoever has this user name into the sandbox; the same whether or not anybody has it. */
export async function inviteMember(
  sandboxId: number,
  username: string,
  invitation: Standing & { invitedBy: string },
): Promise<void> {
  await database().invitation.upsert({
    where: { sandboxId_username: { sandboxId, username } },
    create: { sandboxId, username, ...invitation },
    update: invitation,
  });
}

/** Takes an invitation back. */
export async function withdrawInvitation(sandboxId: number, username: string): Promise<void> {
  await database().invitation.deleteMany({ where: { sandboxId, username } });
}

/** Why a change of a member did not happen. */
export type MemberRefusal = 'no-such-member' | 'last-admin';

/** Changes what a member is. A sandbox keeps at least one administrator. */
export function changeMember(
  sandboxId: number,
  userId: string,
  standing: Standing,
): Promise<MemberRefusal | undefined> {
  return inTransaction(async () => {
    const refusal = await refusalOf(sandboxId, userId, standing.role);
    if (refusal) return refusal;
    await database().membership.update({ where: { sandboxId_userId: { sandboxId, userId } }, data: standing });
    return undefined;
  });
}

/**
 * Ends a membership, and with it every access that the person gave to apps of this sandbox. An account that belongs to
 * no other sandbox goes too, unless it is that of `removedBy`.
 */
export function removeMember(sandboxId: number, userId: string, removedBy: string): Promise<MemberRefusal | undefined> {
  return inTransaction(async () => {
    const refusal = await refusalOf(sandboxId, userId);
    if (refusal) return refusal;
    await database().membership.delete({ where: { sandboxId_userId: { sandboxId, userId } } });
    const where = { sandboxId, userId };
    await database().consent.deleteMany({ where });
    await database().launchContext.deleteMany({ where });
    await database().grantContext.deleteMany({ where });
    const payload = { path: ['accountId'], equals: userId };
    await database().oidcPayload.deleteMany({ where: { sandboxId, payload } });
    if (userId !== removedBy) await deleteLeftAccounts([userId]);
    return undefined;
  });
}

/** @param role what the member shall be; undefined: none any more */
async function refusalOf(sandboxId: number, userId: string, role?: Role): Promise<MemberRefusal | undefined> {
  // One change at a time: of two administrators who remove each other, one stays.
  await query(sql`SELECT id FROM sandbox WHERE id = ${sandboxId}::int FOR UPDATE`);
  const member = await database().membership.findUnique({ where: { sandboxId_userId: { sandboxId, userId } } });
  if (!member) return 'no-such-member';
  if (member.role !== 'admin' || role === 'admin') return undefined;
  const others = await database().membership.count({ where: { sandboxId, role: 'admin', userId: { not: userId } } });
  return others === 0 ? 'last-admin' : undefined;
}
