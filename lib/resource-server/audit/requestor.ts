import type { Requestor } from '#lib/audit/record-request.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { Caller } from '../request/bearer.ts';

/** The sender of requests with a token, as an audit record names it. */
export function requestorOf({ token }: Pick<Caller, 'token'>): Requestor {
  const { clientId, user, grant } = token;
  return withoutUndefined({
    clientId,
    username: user?.username,
    fhirUser: user?.fhirUser ?? undefined,
    grantId: grant?.grantId,
  });
}
