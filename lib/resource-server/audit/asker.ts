import type { Asker } from '#lib/audit/record-request.ts';
import type { Caller } from '../request/bearer.ts';

/** Who the bearer of a token is. */
export function askerOf({ token }: Pick<Caller, 'token'>): Asker {
  const { clientId, user, grant } = token;
  return {
    clientId,
    ...(user ? { username: user.username, ...(user.fhirUser ? { fhirUser: user.fhirUser } : {}) } : {}),
    ...(grant ? { grantId: grant.grantId } : {}),
  };
}
