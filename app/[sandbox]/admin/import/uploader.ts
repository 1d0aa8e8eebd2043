import { recordPage } from '#lib/audit/record-page.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { unlessDeleted } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { env } from '#lib/env.ts';
import { readBody } from '#lib/http/read-body.ts';
import { sentFrom } from '#lib/http/same-origin.ts';
import { memberOf } from '#lib/session/current-user.ts';

/** An answer to the upload page's script; `error` is for the person in front of it. */
export function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status });
}

/** The administrator whose browser sent this from a page of ours, or the refusal of everybody else. */
export async function uploaderOf(request: Request, slug: string): Promise<Member | Response> {
  if (!sentFrom(env().origin, request.headers)) return refuse(403, 'The request came from another site.');
  return adminOf(slug, 'import');
}

/** The administrator at the EHR, or the refusal of everybody else; that of a member is recorded. */
export async function adminOf(slug: string, interaction: 'import' | 'export'): Promise<Member | Response> {
  const member = await memberOf(slug);
  if (member === 'signed-out') return refuse(401, 'You are signed out. Sign in, and choose the same files again.');
  const isMember = typeof member !== 'string';
  if (isMember && member.role === 'admin') return member;
  const method = interaction === 'import' ? ('POST' as const) : ('GET' as const);
  if (isMember) recordPage(member, { interaction, method, path: 'admin/import' }, 403);
  return refuse(403, 'Only administrators of this sandbox may do this.');
}

/** Answers an uploader by `work`, unless the sandbox is deleted meanwhile. */
export function answerUploader({ sandbox }: Member, work: () => Promise<Response>): Promise<Response> {
  return unlessDeleted(sandbox.id, work, refuse(404, 'This sandbox was deleted.'));
}

/** What these requests say in JSON is short. */
const longestMessage = 64 * 1024;

/** The JSON of a request, or undefined for anything else. */
export async function jsonOf(request: Request): Promise<unknown> {
  const body = await readBody({ body: request.body as AsyncIterable<Uint8Array> | null }, longestMessage);
  try {
    return body && JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
}
