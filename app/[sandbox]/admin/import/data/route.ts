import { countsOf } from '#lib/audit/record-command.ts';
import { recordPage } from '#lib/audit/record-page.ts';
import { countByType } from '#lib/data/resource/counts.ts';
import { ndjsonOf } from '#lib/export/ndjson.ts';
import { memberRoute } from '#lib/session/member-request.ts';
import { downloadRequest } from '../admin-request.ts';

/** Streams all resources of the sandbox from the database as NDJSON. */
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

/** A stream that reads only as fast as the client takes the data, and stops reading when the client leaves. */
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
