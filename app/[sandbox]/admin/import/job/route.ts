import { z } from 'zod';
import { pageRecorded } from '#lib/audit/record-page.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { setImportState, startImport } from '#lib/data/seed/import-jobs.ts';
import { maxBodyLength } from '#lib/http/body/max-body-length.ts';
import { refuse } from '#lib/session/json-refusal.ts';
import { type MemberRequest, memberRoute } from '#lib/session/member-request.ts';
import { jsonBody } from '#lib/session/request-body.ts';
import { uploadRequest } from '../admin-request.ts';

const Message = z.union([
  z.strictObject({ files: z.int().min(1).max(1_000_000), bytes: z.int().min(0).max(1e15) }),
  z.strictObject({ job: z.uuid(), state: z.enum(['running', 'paused', 'cancelled', 'done']) }),
]);

/** Starts an import job, or changes the state of one. */
export const POST = memberRoute(
  uploadRequest(jsonBody(Message, maxBodyLength.message), 'The request does not describe an import.'),
  changeImport,
);

async function changeImport({ member, body: message }: MemberRequest<z.infer<typeof Message>>): Promise<Response> {
  const { sandbox, user } = member;
  if ('files' in message) {
    const job = await startImport(sandbox.id, user.name, message);
    const query = { job, files: String(message.files), bytes: String(message.bytes) };
    await record(member, 'C', query);
    return Response.json({ job });
  }
  if (!(await setImportState(sandbox.id, message.job, message.state))) {
    return refuse(409, 'This import has ended. Choose the files again to start another.');
  }
  await record(member, 'U', { ...message });
  return Response.json({});
}

function record(member: Member, action: 'C' | 'U', query: Record<string, string>): Promise<void> {
  return pageRecorded(member, { interaction: 'import', action, method: 'POST', path: 'admin/import', query });
}
