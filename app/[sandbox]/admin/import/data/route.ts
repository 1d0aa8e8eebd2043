import { countsOf } from '#lib/audit/record-command.ts';
import { recordPage } from '#lib/audit/record-page.ts';
import { countByType } from '#lib/data/resource/exported-resources.ts';
import { ndjsonOf } from '#lib/export/ndjson.ts';
import { memberRoute } from '#lib/session/member-request.ts';
import { downloadRequest } from '../admin-request.ts';

/** Everything the sandbox holds, one resource to a line, as it is read from the database. */
export const GET = memberRoute(downloadRequest, async ({ member, params: { sandbox: slug } }) => {
  const types = await countByType(member.sandbox.id);
  recordPage(member, { interaction: 'export', path: 'admin/import/data', all: countsOf(types) }, 200);
  const day = new Date().toISOString().slice(0, 10);
  return new Response(streamOf(ndjsonOf(member.sandbox.id, types)), {
    headers: {
      'Content-Type': 'application/fhir+ndjson',
      'Content-Disposition': `attachment; filename="${slug}-${day}.ndjson"`,
      'Cache-Control': 'no-store',
    },
  });
});

/** Read only as fast as it is taken; whoever stops taking it ends the reading. */
function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}
