import { escapeHtml, plainPageHeaders } from '#lib/http/page/plain-page.ts';

/**
 * Tells whether a page of another site opens the authorization endpoint in a frame. The browser then withholds our
 * `SameSite=Lax` cookies, and nobody would seem to be signed in.
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header
 */
export function isFromForeignFrame({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
  if (method !== 'GET' || headers.get('sec-fetch-site') !== 'cross-site') return false;
  return headers.get('sec-fetch-dest') === 'iframe';
}

/**
 * Answers with a page that requests the same address again: as a request from our own origin, it carries the cookies.
 * The page may be framed only by our own pages, so that no other site can trigger the request.
 */
export function repeatingPage({ url }: Pick<Request, 'url'>): Response {
  const { pathname, search } = new URL(url);
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>One moment</title>
<meta http-equiv="refresh" content="0; url=${escapeHtml(pathname + search)}"></head>
<body><p><a href="${escapeHtml(pathname + search)}">Continue</a></p></body></html>`;
  return new Response(html, { headers: plainPageHeaders });
}
