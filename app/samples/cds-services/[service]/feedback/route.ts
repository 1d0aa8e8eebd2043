import { anybody } from '../../service.ts';

/** Accepts feedback and discards it, as the sample stores nothing. */
export async function POST(request: Request): Promise<Response> {
  const body = await request.json().catch(() => undefined);
  return new Response(null, { status: Array.isArray(body?.feedback) ? 200 : 400, headers: anybody });
}

export function OPTIONS(): Response {
  return new Response(null, { status: 204, headers: anybody });
}
