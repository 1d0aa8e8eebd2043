import type { RefusalReason, RefusedRequest } from './member-request.ts';

const statuses: Record<RefusalReason, number> = {
  'cross-site': 403,
  'signed-out': 401,
  'unknown-sandbox': 403,
  'not-a-member': 403,
  'wrong-role': 403,
  malformed: 400,
  'too-long': 413,
  deleted: 404,
};

/** A refusal as JSON, with a sentence that the page's script shows to the person. */
export function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status });
}

/** Makes the `refuse` function of an admission that responds with JSON, with one sentence for each reason. */
export function refuseAsJson(
  sentences: Record<Exclude<RefusalReason, 'too-long'>, string>,
): (refused: RefusedRequest) => Response {
  const all = { ...sentences, 'too-long': 'The request is too long.' };
  return ({ reason }) => refuse(statuses[reason], all[reason]);
}
