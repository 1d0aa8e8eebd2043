import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { readBrand } from '#lib/smart/brand/brand.ts';
import type { Role } from '#lib/smart/role.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { query, sql } from '../database/sql.ts';
import type { Sandbox } from '../sandbox/sandboxes.ts';
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

interface Row {
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

/**
 * The sandbox named `slug` and the membership of `userId` in it, if there is one, in one query. Undefined when there is
 * no such sandbox.
 */
export async function findMember(
  slug: string,
  userId: string,
): Promise<{ sandbox: Sandbox; member: Member | undefined } | undefined> {
  if (!isSandboxSlug(slug)) return undefined;
  const [row] = await query<Row>(
    sql`SELECT s.id, s.slug, s.name, m.role::text AS role, m.fhir_user AS "fhirUser",
        m.proxy_for AS "proxyFor", u.username, u.name AS "userName",
        s.brand ->> 'logoUri' AS "logoUri"
      FROM sandbox s
        LEFT JOIN membership m ON m.sandbox_id = s.id AND m.user_id = ${userId}
        LEFT JOIN "user" u ON u.id = m.user_id
      WHERE s.slug = ${slug}`,
  );
  if (!row) return undefined;
  const { role, fhirUser, proxyFor, username, userName, logoUri: storedLogo, ...sandbox } = row;
  if (!role) return { sandbox, member: undefined };
  const user = { id: userId, username, name: userName };
  const { logoUri } = readBrand({ logoUri: storedLogo });
  return {
    sandbox,
    member: withoutUndefined({
      user,
      sandbox,
      role,
      fhirUser: fhirUser || undefined,
      proxyFor: proxyFor?.length ? proxyFor : undefined,
      logoUri: logoUri || undefined,
    }),
  };
}
