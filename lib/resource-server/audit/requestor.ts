import type { Requestor } from '#lib/audit/record-request.ts';
import type { Caller } from '../request/bearer.ts';

/** Who sends requests with a token, as an audit record names them. */
export function requestorOf({ token }: Pick<Caller, 'token'>): Requestor {
  const { clientId, user, grant } = token;
  return {
    clientId,
    ...(user ? { username: user.username, ...(user.fhirUser ? { fhirUser: user.fhirUser } : {}) } : {}),
    ...(grant ? { grantId: grant.grantId } : {}),
  };
}
