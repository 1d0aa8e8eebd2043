import type { IncomingMessage, ServerResponse } from 'node:http';
import { whyNotReady } from './readiness.ts';

/**
 * Answers `/health/live`, which says that the process serves, and `/health/ready`, which says that requests may be sent
 * to it: the database answers and has every migration, and the process is not ending.
 * @returns whether the request was for one of them
 */
export function answerHealth(request: IncomingMessage, response: ServerResponse): boolean {
  const [, asked] = /^\/health\/(live|ready)(?:\?|$)/.exec(request.url ?? '') ?? [];
  if (!asked) return false;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    answer(response, 405, 'Ask with GET or HEAD.', { Allow: 'GET, HEAD' });
  } else if (asked === 'live') answer(response, 200, 'ok');
  else whyNotReady().then((why) => answer(response, why ? 503 : 200, why ?? 'ok'));
  return true;
}

function answer(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(`${text}\n`);
}
