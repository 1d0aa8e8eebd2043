import { anybody } from '../../service.ts';

/** Takes feedback, and forgets it: a sample keeps nothing. */
export async function POST(request: Request): Promise<Response> {
  const body = await request.json().catch(() => undefined);
  return new Response(null, { status: Array.isArray(body?.feedback) ? 200 : 400, headers: anybody });
}

export function OPTIONS(): Response {
  return new Response(null, { status: 204, headers: anybody });
}
