import { z } from 'zod';
import { advanceImport, isOpenImport } from '#lib/data/seed/import-jobs.ts';
import { maxFileLength } from '#lib/fhir/data-file.ts';
import { ImportEnded } from '#lib/import/import-ended.ts';
import { BodyTooLong, onlyTooLong } from '#lib/session/body-too-long.ts';
import { refuse } from '#lib/session/json-refusal.ts';
import { type MemberRequest, memberRoute } from '#lib/session/member-request.ts';
import { bytesOf, queryFields } from '#lib/session/request-body.ts';
import { uploadRequest } from '../admin-request.ts';

const Place = z.object({
  job: z.uuid(),
  /** The file's name in the browser; it is only shown. */
  file: z
    .string()
    .min(1)
    .max(1000)
    .refine((name) => !name.includes('\0')),
  lines: z.enum(['true', 'false']).transform((text) => text === 'true'),
  firstLine: z.coerce.number().int().min(1).max(1e9),
  bytes: z.coerce.number().int().min(0).max(1e9),
  last: z.enum(['true', 'false']).transform((text) => text === 'true'),
});

/** Imports the part of a file that is the body. Problems of its content are reported in a 200 response. */
export const POST = memberRoute(
  {
    ...uploadRequest(queryFields(Place), 'The request does not say which file this is.'),
    explain: (thrown) => (thrown instanceof ImportEnded ? refuse(409, thrown.message) : undefined),
  },
  importPart,
);

async function importPart({ request, member, body: place }: MemberRequest<z.infer<typeof Place>>): Promise<Response> {
  const { id } = member.sandbox;
  if (!(await isOpenImport(id, place.job))) return refuse(409, 'This import has ended. Choose the files again.');
  const body = await bytesOf(request, maxFileLength).catch(onlyTooLong);
  if (body instanceof BodyTooLong)
    return refuse(413, `A request may have ${maxFileLength / 1024 / 1024} MB. Send longer data as NDJSON.`);
  // Imported here, because it loads the FHIR definitions.
  const { importUpload } = await import('#lib/import/import-upload.ts');
  const text = Buffer.from(body).toString();
  const where = place.lines ? `from line ${place.firstLine}` : 'the whole file';
  const { skipped, counts, problems } = await importUpload(id, { ...place, place: where, text }, place.job);
  const { created, updated, unchanged } = counts;
  await advanceImport(id, place.job, {
    bytes: place.bytes,
    files: place.last ? 1 : 0,
    skipped: skipped ? 1 : 0,
    resources: created + updated + unchanged,
    problems,
  });
  return Response.json({ skipped, ...counts, problems });
}
