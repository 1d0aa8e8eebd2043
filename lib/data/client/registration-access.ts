import { requireTransaction } from '../database/ambient.ts';
import { secretHash } from '../database/secret-hash.ts';
import { execute, sql } from '../database/sql.ts';

/**
 * Uses up the registration access token with this value, in the transaction of the change that it pays for: of several
 * requests at the same moment, one finds it.
 * @see https://www.rfc-editor.org/rfc/rfc7592#section-2
 * @returns false when another request was first, or the token has ended.
 */
export async function spendRegistrationAccess(sandboxId: number, value: string): Promise<boolean> {
  requireTransaction();
  const count = await execute(
    sql`DELETE FROM oidc_payload WHERE sandbox_id = ${sandboxId}::int AND model = 'RegistrationAccessToken'
      AND id = ${secretHash(value)}`,
  );
  return count === 1;
}
