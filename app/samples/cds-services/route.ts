import { anybody, newbornBilirubin } from './service.ts';

/** Discovery of the sample CDS service, whose base URL is /samples. */
export function GET(): Response {
  return Response.json({ services: [newbornBilirubin] }, { headers: anybody });
}

export function OPTIONS(): Response {
  return new Response(null, { status: 204, headers: anybody });
}
