import { readJson, tooLong } from '../../read-json.ts';
import { anybody } from '../../service.ts';

/** Accepts feedback and discards it, as the sample stores nothing. */
export async function POST(request: Request): Promise<Response> {
  return new Response(null, { status: statusOf(await readJson(request)), headers: anybody });
}

function statusOf(body: unknown): number {
  if (body === tooLong) return 413;
  const isFeedback = typeof body === 'object' && body !== null && 'feedback' in body && Array.isArray(body.feedback);
  return isFeedback ? 200 : 400;
}

export function OPTIONS(): Response {
  return new Response(null, { status: 204, headers: anybody });
}
