import { recordRequest } from '#lib/audit/record-request.ts';
import { nothingTouched, touching } from '#lib/data/touched.ts';
import { sentRequestId } from '#lib/http/request-id.ts';
import type { Caller } from '../request/bearer.ts';
import type { Interaction } from '../request/interaction.ts';
import { interactionCode } from './interaction-code.ts';
import { requestorOf } from './requestor.ts';

/** A request to the FHIR server with its sender and its path below the FHIR base. */
interface FhirRequest {
  request: Request;
  caller: Caller;
  path: string;
  interaction: Interaction;
}

/**
 * Answers a request by `work`, which must not throw, and records both in the audit log. The answer does not wait for
 * the record.
 */
export async function audited(
  { request, caller, path, interaction }: FhirRequest,
  work: () => Promise<Response>,
): Promise<Response> {
  const touched = nothingTouched();
  const answer = await touching(touched, work);
  recordRequest(caller.sandbox.id, requestorOf(caller), {
    method: request.method,
    path,
    query: new URL(request.url).search,
    interaction: interactionCode(interaction, touched),
    status: answer.status,
    requestId: sentRequestId(request.headers.get('x-request-id')) ?? answer.headers.get('x-request-id') ?? undefined,
    touched,
  });
  return answer;
}
