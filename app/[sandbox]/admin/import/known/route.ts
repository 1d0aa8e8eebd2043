import { z } from 'zod';
import { advanceImport, isOpenImport } from '#lib/data/seed/import-jobs.ts';
import { findImported } from '#lib/data/seed/imported-parts.ts';
import { maxBodyLength } from '#lib/http/body/max-body-length.ts';
import { refuse } from '#lib/session/json-refusal.ts';
import { type MemberRequest, memberRoute } from '#lib/session/member-request.ts';
import { jsonBody } from '#lib/session/request-body.ts';
import { uploadRequest } from '../admin-request.ts';

const Message = z.strictObject({
  job: z.uuid(),
  parts: z
    .array(
      z.strictObject({
        digest: z.string().regex(/^[0-9a-f]{64}$/),
        bytes: z.int().min(0).max(1e9),
        last: z.boolean(),
      }),
    )
    .max(100),
});

/** Answers which parts of files the sandbox holds already, and counts those as done in the job. */
export const POST = memberRoute(
  uploadRequest(jsonBody(Message, maxBodyLength.message), 'The request does not describe parts of files.'),
  answerKnown,
);

async function answerKnown({ member, body: message }: MemberRequest<z.infer<typeof Message>>): Promise<Response> {
  const { id } = member.sandbox;
  if (!(await isOpenImport(id, message.job))) return refuse(409, 'This import has ended. Choose the files again.');
  const known = await findImported(
    id,
    message.parts.map(({ digest }) => digest),
  );
  const found = message.parts.filter(({ digest }) => known.has(digest));
  if (found.length > 0) {
    const bytes = found.reduce((sum, part) => sum + part.bytes, 0);
    const files = found.filter(({ last }) => last).length;
    await advanceImport(id, message.job, { bytes, files, skipped: found.length, resources: 0, problems: [] });
  }
  return Response.json({ known: [...known] });
}
