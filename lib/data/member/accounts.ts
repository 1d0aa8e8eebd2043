import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { Role } from '#lib/smart/role.ts';
import { query, sql } from '../database/sql.ts';

/** A member of one sandbox, as its authorization server knows them. */
export interface Account {
  userId: string;
  username: string;
  name: string;
  role: Role;
  /** Relative reference of the FHIR resource that stands for them, e.g. Practitioner/dr-chen. */
  fhirUser?: string;
  /** Ids of the Patients for whom a patient may act, besides themselves. */
  proxyFor?: string[];
}

/** A member as a row of the database. */
export type AccountRow = Omit<Account, 'fhirUser'> & { fhirUser: string | null; proxyFor: string[] };

/** The columns of a member, of `"user"` as u and `membership` as m. */
export const accountColumns = sql`u.id AS "userId", u.username, u.name, m.role::text AS role, m.fhir_user AS "fhirUser",
  m.proxy_for AS "proxyFor"`;

/** The member of a sandbox with this user id; undefined for a user who is not, or no longer, a member. */
export async function findAccount(sandboxId: number, userId: string): Promise<Account | undefined> {
  const [row] = await query<AccountRow>(
    sql`SELECT ${accountColumns} FROM membership AS m JOIN "user" AS u ON u.id = m.user_id
      WHERE m.sandbox_id = ${sandboxId}::int AND m.user_id = ${userId}`,
  );
  return row && toAccount(row);
}

/** Converts a row with `accountColumns` to an account. */
export function toAccount({ fhirUser, proxyFor, ...account }: AccountRow): Account {
  return withoutUndefined({
    ...account,
    fhirUser: fhirUser || undefined,
    proxyFor: proxyFor.length > 0 ? proxyFor : undefined,
  });
}
