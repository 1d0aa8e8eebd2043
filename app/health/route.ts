export const dynamic = 'force-dynamic';

/** Answers as soon as the process serves: for supervisors, and as the floor under every bench figure. */
export function GET(): Response {
  return new Response('ok', { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
}
