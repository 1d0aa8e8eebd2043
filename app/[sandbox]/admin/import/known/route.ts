import { z } from 'zod';
import { advanceImport, isOpenImport } from '#lib/data/seed/import-jobs.ts';
import { findImported } from '#lib/data/seed/imported-parts.ts';
import { jsonOf, refuse, uploaderOf } from '../uploader.ts';

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

/** Answers which parts the sandbox holds already, and counts them as done. */
export async function POST(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  const member = await uploaderOf(request, (await params).sandbox);
  if (member instanceof Response) return member;
  const { data: message } = Message.safeParse(await jsonOf(request));
  if (!message) return refuse(400, 'The request does not describe parts of files.');
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
