import { busyOf } from '#lib/data/database/trouble/busy.ts';
import { troublePage, troublePageHeaders, wantsPage } from '#lib/http/page/trouble-page.ts';

/**
 * The answer to a request of our own pages that failed because of trouble that passes: a page where a browser shows what
 * it gets, a sentence as JSON for scripts. Undefined for every other error.
 */
export function busyAnswer(request: Request, thrown: unknown): Response | undefined {
  const busy = busyOf(thrown);
  if (!busy) return undefined;
  const { method, url, headers } = request;
  if (!wantsPage((name) => headers.get(name))) {
    return Response.json(
      { error: busy.message },
      { status: 503, headers: { ...busy.headers, 'Cache-Control': 'no-store' } },
    );
  }
  const { pathname, search } = new URL(url);
  const page = troublePage({ method, address: `${pathname}${search}`, cookie: headers.get('cookie') ?? '' });
  return new Response(page, { status: 503, headers: { ...troublePageHeaders, ...busy.headers } });
}
