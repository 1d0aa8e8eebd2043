import type { RefusalReason, RefusedRequest } from './member-request.ts';

const statuses: Record<RefusalReason, number> = {
  'cross-site': 403,
  'signed-out': 401,
  'unknown-sandbox': 403,
  'not-a-member': 403,
  'wrong-role': 403,
  malformed: 400,
  deleted: 404,
};

/** Refuses with a sentence for the person in front of the page whose script reads the response. */
export function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status });
}

/** Makes the refusals of an admission JSON, each with the sentence for its reason. */
export function refuseAsJson(sentences: Record<RefusalReason, string>): (refused: RefusedRequest) => Response {
  return ({ reason }) => refuse(statuses[reason], sentences[reason]);
}
