import type { LaunchParameters } from '#lib/smart/launch-context.ts';
import { database } from './database.ts';
import type { OidcPayload } from './oidc-payloads.ts';

/** The context of one authorization, which its tokens carry for as long as the grant lives. */
export interface GrantContext {
  grantId: string;
  sandboxId: number;
  clientId: string;
  userId: string;
  /** The launch parameters as they appear in the token response. */
  context: LaunchParameters;
}

/** Keeps the context of a grant that no launch led to. */
export async function recordGrantContext({ context, ...grant }: GrantContext): Promise<void> {
  await database().grantContext.create({ data: { ...grant, context: context as object } });
}

/**
 * Uses up a launch and keeps the context of the grant it led to, both or neither; of several that try at the same
 * moment one gets true. The age of the launch was judged when the app arrived: the user may take longer than it
 * lives to sign in and consent.
 */
export async function redeemLaunch(launchId: string, grant: GrantContext): Promise<boolean> {
  const { grantId, sandboxId, clientId, userId, context } = grant;
  const kept = await database().$executeRaw`
    WITH redeemed AS (
      UPDATE launch_context SET used_at = now()
      WHERE launch_id = ${launchId} AND sandbox_id = ${sandboxId}::int AND client_id = ${clientId}
        AND (user_id = ${userId} OR user_id IS NULL) AND used_at IS NULL AND withdrawn_at IS NULL
      RETURNING launch_id)
    INSERT INTO grant_context (grant_id, sandbox_id, client_id, user_id, launch_id, context)
    SELECT ${grantId}, ${sandboxId}::int, ${clientId}, ${userId}, launch_id, ${JSON.stringify(context)}::jsonb FROM redeemed`;
  return kept === 1;
}

/** A grant as oidc-provider keeps it, and its context, in one query. */
export async function findGrant(
  sandboxId: number,
  grantId: string,
): Promise<{ payload: OidcPayload; context: LaunchParameters } | undefined> {
  const [row] = await database().$queryRaw<{ payload: OidcPayload; context: LaunchParameters | null }[]>`
    SELECT p.payload, c.context
    FROM oidc_payload AS p LEFT JOIN grant_context AS c ON c.sandbox_id = p.sandbox_id AND c.grant_id = p.id
    WHERE p.sandbox_id = ${sandboxId} AND p.model = 'Grant' AND p.id = ${grantId}`;
  return row && { payload: { ...row.payload, jti: grantId }, context: row.context ?? {} };
}
