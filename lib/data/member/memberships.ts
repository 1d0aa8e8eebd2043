import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { readBrand } from '#lib/smart/brand/brand.ts';
import type { Role } from '#lib/smart/role.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import type { SecretHash } from '../database/secret-hash.ts';
import { query, sql } from '../database/sql.ts';
import type { Sandbox } from '../sandbox/sandboxes.ts';
import { type SignInRow, signInColumns, signInOf, toSignIn } from '../session/live-session.ts';
import type { User } from './users.ts';

/** A user as a member of one sandbox. */
export interface Member {
  user: User;
  sandbox: Sandbox;
  role: Role;
  /** Relative reference of the FHIR resource that stands for them, e.g. Practitioner/dr-chen. */
  fhirUser?: string;
  /** Ids of the Patients for whom a patient may act, besides themselves. */
  proxyFor?: string[];
  /** The sandbox's logo: an address, or a path on this server. */
  logoUri?: string;
}

type NullableSignIn = { [Column in keyof SignInRow]: SignInRow[Column] | null };

interface Row extends NullableSignIn {
  id: number;
  slug: string;
  name: string;
  role: Role | null;
  fhirUser: string | null;
  proxyFor: string[] | null;
  username: string;
  userName: string;
  logoUri: string | null;
}

/** Whoever visits a sandbox: whether anybody is signed in, and who that is as a member. */
export interface Visitor {
  sandbox: Sandbox;
  signedIn: boolean;
  member: Member | undefined;
}

/**
 * The sandbox named `slug`, whether the browser with this session is signed in, and the membership of its user, if
 * there is one, in one query. Undefined when there is no such sandbox.
 */
export async function findVisitor(
  slug: string,
  session: SecretHash | undefined,
  now = new Date(),
): Promise<Visitor | undefined> {
  if (!isSandboxSlug(slug)) return undefined;
  const [row] = await query<Row>(
    sql`SELECT s.id, s.slug, s.name, m.role::text AS role, m.fhir_user AS "fhirUser",
        m.proxy_for AS "proxyFor", u.username, u.name AS "userName",
        s.brand ->> 'logoUri' AS "logoUri", ${signInColumns}
      FROM sandbox s
        LEFT JOIN ${signInOf(session, now)} h ON TRUE
        LEFT JOIN membership m ON m.sandbox_id = s.id AND m.user_id = h.user_id
        LEFT JOIN "user" u ON u.id = m.user_id
      WHERE s.slug = ${slug}`,
  );
  if (!row) return undefined;
  const signIn = isSignIn(row) ? toSignIn(row, now) : undefined;
  const sandbox = { id: row.id, slug: row.slug, name: row.name };
  return { sandbox, signedIn: signIn !== undefined, member: signIn && toMember(sandbox, signIn.userId, row) };
}

function isSignIn(row: NullableSignIn): row is SignInRow {
  return row.sessionId !== null;
}

function toMember(sandbox: Sandbox, userId: string, row: Row): Member | undefined {
  const { role, fhirUser, proxyFor, username, userName } = row;
  if (!role) return undefined;
  const { logoUri } = readBrand({ logoUri: row.logoUri });
  return withoutUndefined({
    user: { id: userId, username, name: userName },
    sandbox,
    role,
    fhirUser: fhirUser || undefined,
    proxyFor: proxyFor?.length ? proxyFor : undefined,
    logoUri: logoUri || undefined,
  });
}
