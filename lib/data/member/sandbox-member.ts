import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { Role } from '#lib/smart/role.ts';
import type { SecretHash } from '../database/secret-hash.ts';
import { query, sql } from '../database/sql.ts';
import { type SignIn, type SignInRow, signInColumns, signInOf, toSignIn } from '../session/live-session.ts';

/**
 * A member of a sandbox, without the sandbox itself: the authorization server has read that before. The EHR's own pages
 * use `Member`, which has both.
 */
export interface SandboxMember {
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
export type SandboxMemberRow = Omit<SandboxMember, 'fhirUser'> & { fhirUser: string | null; proxyFor: string[] };

/** The columns of a member, of `"user"` as u and `membership` as m. */
export const sandboxMemberColumns = sql`u.id AS "userId", u.username, u.name, m.role::text AS role,
  m.fhir_user AS "fhirUser", m.proxy_for AS "proxyFor"`;

/** The member of a sandbox with this user id; undefined for a user who is not, or no longer, a member. */
export async function findSandboxMember(sandboxId: number, userId: string): Promise<SandboxMember | undefined> {
  const [row] = await query<SandboxMemberRow>(
    sql`SELECT ${sandboxMemberColumns} FROM membership AS m JOIN "user" AS u ON u.id = m.user_id
      WHERE m.sandbox_id = ${sandboxId}::int AND m.user_id = ${userId}`,
  );
  return row && toSandboxMember(row);
}

/**
 * Who is signed in in the browser with this session, and as which member of the sandbox, in one query; undefined when
 * nobody is.
 */
export async function findSignedIn(
  sandboxId: number,
  session: SecretHash | undefined,
  now = new Date(),
): Promise<{ signIn: SignIn; member: SandboxMember | undefined } | undefined> {
  if (!session) return undefined;
  const [row] = await query<SignInRow & { member: SandboxMemberRow | null }>(
    sql`SELECT ${signInColumns}, to_jsonb(a) AS member FROM ${signInOf(session, now)} h
        LEFT JOIN LATERAL (
          SELECT ${sandboxMemberColumns} FROM membership m JOIN "user" u ON u.id = m.user_id
          WHERE m.sandbox_id = ${sandboxId}::int AND m.user_id = h.user_id) a ON TRUE`,
  );
  return row && { signIn: toSignIn(row, now), member: row.member ? toSandboxMember(row.member) : undefined };
}

/** Converts a row with `sandboxMemberColumns` to a member. */
export function toSandboxMember({ fhirUser, proxyFor, ...member }: SandboxMemberRow): SandboxMember {
  return withoutUndefined({
    ...member,
    fhirUser: fhirUser || undefined,
    proxyFor: proxyFor.length > 0 ? proxyFor : undefined,
  });
}
