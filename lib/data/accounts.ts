import { database } from './database.ts';
import type { Role } from './role.ts';

/** A member of one sandbox, as its authorization server knows them. */
export interface Account {
  userId: string;
  username: string;
  name: string;
  role: Role;
  /** Relative reference of the FHIR resource that stands for them, e.g. Practitioner/dr-chen. */
  fhirUser?: string;
}

/** The member of a sandbox with this user id; undefined when they are none (any more). */
export async function findAccount(sandboxId: number, userId: string): Promise<Account | undefined> {
  const [row] = await database().$queryRaw<(Omit<Account, 'fhirUser'> & { fhirUser: string | null })[]>`
    SELECT u.id AS "userId", u.username, u.name, m.role::text AS role, m.fhir_user AS "fhirUser"
    FROM membership AS m JOIN "user" AS u ON u.id = m.user_id
    WHERE m.sandbox_id = ${sandboxId} AND m.user_id = ${userId}`;
  if (!row) return undefined;
  const { fhirUser, ...account } = row;
  return { ...account, ...(fhirUser ? { fhirUser } : {}) };
}
