import { busyOf } from '#lib/data/database/trouble/busy.ts';
import { troublePageFor, troublePageHeaders, wantsPage } from '#lib/http/page/trouble-page.ts';

/**
 * The answer to a request of our own pages that failed because of trouble that passes: a page where a browser shows what
 * it gets, a sentence as JSON for scripts. Undefined for every other error.
 */
export function busyAnswer(request: Request, thrown: unknown): Response | undefined {
  const busy = busyOf(thrown);
  if (!busy) return undefined;
  if (!wantsPage((name) => request.headers.get(name))) {
    return Response.json(
      { error: busy.message },
      { status: 503, headers: { ...busy.headers, 'Cache-Control': 'no-store' } },
    );
  }
  return new Response(troublePageFor(request), { status: 503, headers: { ...troublePageHeaders, ...busy.headers } });
}
