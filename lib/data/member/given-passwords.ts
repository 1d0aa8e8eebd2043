import { execute, query, sql } from '../database/sql.ts';

/** The hashes of the passwords that the files of other sandboxes last gave an account. */
export async function findGivenPasswords(userId: string, slug: string): Promise<{ slug: string; hash: string }[]> {
  return query(
    sql`SELECT s.slug, part ->> 'secretHash' AS hash
      FROM sandbox s, jsonb_array_elements(s.given -> 'parts') AS part
      WHERE s.slug <> ${slug} AND part ->> 'kind' = 'user' AND part ->> 'row' = ${userId}
        AND coalesce(part ->> 'secretHash', '') <> ''`,
  );
}

/**
 * Forgets which passwords sandbox files gave to accounts whose passwords this server has taken away, so that the next
 * load of such a file gives them again.
 */
export async function forgetGivenPasswords(userIds: string[]): Promise<void> {
  if (userIds.length === 0) return;
  await execute(
    sql`UPDATE sandbox s SET given = jsonb_set(jsonb_set(s.given, '{whole}', '""'), '{parts}',
        (SELECT jsonb_agg(CASE WHEN part ->> 'kind' = 'user' AND part ->> 'row' = ANY (${userIds}::text[])
            THEN part || '{"secretHash":""}' ELSE part END)
          FROM jsonb_array_elements(s.given -> 'parts') AS part))
      WHERE EXISTS (SELECT 1 FROM jsonb_array_elements(s.given -> 'parts') AS part
        WHERE part ->> 'kind' = 'user' AND part ->> 'row' = ANY (${userIds}::text[]))`,
  );
}
