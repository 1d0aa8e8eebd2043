import { advise } from '../advise.ts';
import { readJson, tooLong } from '../read-json.ts';
import { anybody, newbornBilirubin } from '../service.ts';

/** Endpoint of the sample CDS service, which knows nothing but the request. */
export async function POST(request: Request, { params }: { params: Promise<{ service: string }> }): Promise<Response> {
  if ((await params).service !== newbornBilirubin.id) return answer(404, { error: 'There is no such CDS service.' });
  const body = await readJson(request);
  if (body === tooLong) return answer(413, { error: 'The request is longer than 4 MB.' });
  const { status, ...advice } = advise(body, new URL(request.url).origin);
  return answer(status, advice);
}

export function OPTIONS(): Response {
  return new Response(null, { status: 204, headers: anybody });
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: anybody });
}
