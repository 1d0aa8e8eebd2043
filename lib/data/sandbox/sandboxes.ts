import type { Role } from '#lib/smart/role.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { database } from '../database/database.ts';

/** A tenant; its slug is the first path segment of everything it owns. */
export interface Sandbox {
  id: number;
  slug: string;
  name: string;
}

/** A sandbox with the role of one user in it. */
export interface SandboxOfUser extends Sandbox {
  role: Role;
}

const selected = { id: true, slug: true, name: true } as const;

export async function findSandbox(slug: string): Promise<Sandbox | undefined> {
  if (!isSandboxSlug(slug)) return undefined;
  return (await database().sandbox.findUnique({ where: { slug }, select: selected })) ?? undefined;
}

/** The sandboxes that a user may enter, by name. */
export async function findSandboxesOf(userId: string): Promise<SandboxOfUser[]> {
  const memberships = await database().membership.findMany({
    where: { userId },
    select: { role: true, sandbox: { select: selected } },
    orderBy: [{ sandbox: { name: 'asc' } }, { sandboxId: 'asc' }],
  });
  return memberships.map(({ role, sandbox }) => ({ ...sandbox, role }));
}

/** Tells whether a user is an administrator of any sandbox. */
export async function administersAny(userId: string): Promise<boolean> {
  return (await database().membership.findFirst({ where: { userId, role: 'admin' } })) !== null;
}
