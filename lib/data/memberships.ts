import { isSandboxSlug } from '#lib/smart/sandbox-slug.ts';
import { database } from './database.ts';
import type { Role } from './role.ts';
import type { Sandbox } from './sandboxes.ts';
import type { User } from './users.ts';

/** A user inside a sandbox. */
export interface Member {
  user: User;
  sandbox: Sandbox;
  role: Role;
  /** Relative reference of the FHIR resource that stands for them, e.g. Practitioner/dr-chen. */
  fhirUser?: string;
}

/** The sandbox named `slug` and, when `userId` is a member of it, what they are there; undefined: no such sandbox. */
export async function findMember(
  slug: string,
  userId: string,
): Promise<{ sandbox: Sandbox; member: Member | undefined } | undefined> {
  if (!isSandboxSlug(slug)) return undefined;
  const found = await database().sandbox.findUnique({
    where: { slug },
    select: {
      id: true,
      slug: true,
      name: true,
      memberships: {
        where: { userId },
        select: { role: true, fhirUser: true, user: { select: { id: true, username: true, name: true } } },
      },
    },
  });
  if (!found) return undefined;
  const { memberships, ...sandbox } = found;
  const [membership] = memberships;
  if (!membership) return { sandbox, member: undefined };
  const { user, role, fhirUser } = membership;
  return { sandbox, member: { user, sandbox, role, ...(fhirUser ? { fhirUser } : {}) } };
}
