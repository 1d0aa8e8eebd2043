import { z } from 'zod';
import { recordPage } from '#lib/audit/record-page.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { setImportState, startImport } from '#lib/data/seed/import-jobs.ts';
import { answerUploader, jsonOf, refuse, uploaderOf } from '../uploader.ts';

const Message = z.union([
  z.strictObject({ files: z.int().min(1).max(1_000_000), bytes: z.int().min(0).max(1e15) }),
  z.strictObject({ job: z.uuid(), state: z.enum(['running', 'paused', 'cancelled', 'done']) }),
]);

/** Starts an import of so many files, or says what became of one. */
export async function POST(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  const member = await uploaderOf(request, (await params).sandbox);
  if (member instanceof Response) return member;
  const { data: message } = Message.safeParse(await jsonOf(request));
  if (!message) return refuse(400, 'The request does not describe an import.');
  return answerUploader(member, () => changeImport(member, message));
}

async function changeImport(member: Member, message: z.infer<typeof Message>): Promise<Response> {
  const { sandbox, user } = member;
  if ('files' in message) {
    const job = await startImport(sandbox.id, user.name, message);
    const query = { job, files: String(message.files), bytes: String(message.bytes) };
    recordPage(member, { interaction: 'import', method: 'POST', path: 'admin/import', query }, 200);
    return Response.json({ job });
  }
  if (await setImportState(sandbox.id, message.job, message.state)) return Response.json({});
  return refuse(409, 'This import has ended. Choose the files again to start another.');
}
