import { recordRequest } from '#lib/audit/record-request.ts';
import { nothingTouched, type Touched, touching } from '#lib/data/touched.ts';
import type { Caller } from '../request/bearer.ts';
import { requestorOf } from './requestor.ts';

/**
 * Answers a request to the launch service by `work`, which must not throw, and records both in the audit log. A launch
 * id is a secret, so the record leaves it out.
 */
export async function auditedLaunch(
  request: Request,
  caller: Caller,
  work: () => Promise<Response>,
): Promise<Response> {
  const touched: Touched = nothingTouched();
  const answer = await touching(touched, work);
  recordRequest(caller.sandbox.id, requestorOf(caller), {
    method: request.method,
    path: '_services/smart/Launch',
    query: '',
    interaction: 'launch',
    status: answer.status,
    touched,
  });
  return answer;
}
