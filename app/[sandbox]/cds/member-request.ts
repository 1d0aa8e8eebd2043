import type { z } from 'zod';
import type { Member } from '#lib/data/member/memberships.ts';
import { unlessDeleted } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { env } from '#lib/env.ts';
import { isFhirError } from '#lib/fhir/fhir-error.ts';
import { readBody } from '#lib/http/read-body.ts';
import { sentFrom } from '#lib/http/same-origin.ts';
import { memberOf } from '#lib/session/current-user.ts';

const longestBody = 256 * 1024;

/** Answers a request that the chart sends: from our own pages only, by a member only, with a body of the form `schema`. */
export async function answerMember<Body>(
  request: Request,
  slug: string,
  schema: z.ZodType<Body>,
  answer: (member: Member, body: Body) => Promise<Response>,
): Promise<Response> {
  if (!sentFrom(env().origin, request.headers)) return refuse(403, 'The request came from another site.');
  const member = await memberOf(slug);
  if (member === 'signed-out') return refuse(401, 'You are signed out. Load the page again to sign in.');
  if (typeof member === 'string') return refuse(403, 'Your account is not a member of this sandbox.');
  const parsed = schema.safeParse(await jsonOf(request));
  if (!parsed.success) return refuse(400, 'The request is not one that the chart sends. Load the page again.');
  const gone = refuse(404, 'This sandbox was deleted.');
  try {
    return await unlessDeleted(member.sandbox.id, () => answer(member, parsed.data), gone);
  } catch (thrown) {
    if (isFhirError(thrown)) return refuse(thrown.status, thrown.message);
    throw thrown;
  }
}

/** A refusal with a sentence for the person. */
export function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status });
}

async function jsonOf(request: Request): Promise<unknown> {
  const body = await readBody({ body: request.body as AsyncIterable<Uint8Array> | null }, longestBody);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
