import { escapeHtml, htmlPageHeaders } from '../page/html-page.ts';

/**
 * Whether an app of another site leads to the authorization endpoint inside a frame. The browser then keeps our cookies
 * back, as `SameSite=Lax` wants it, and nobody would seem to be signed in.
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header
 */
export function isFromForeignFrame({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
  if (method !== 'GET' || headers.get('sec-fetch-site') !== 'cross-site') return false;
  return headers.get('sec-fetch-dest') === 'iframe';
}

/**
 * Answers by a page that requests the same address once more, on behalf of nobody but us: that request brings the
 * cookies. It is drawn only where everything around the frame is ours, so that no other site can have it ask.
 */
export function repeatingPage({ url }: Pick<Request, 'url'>): Response {
  const { pathname, search } = new URL(url);
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>One moment</title>
<meta http-equiv="refresh" content="0; url=${escapeHtml(pathname + search)}"></head>
<body><p><a href="${escapeHtml(pathname + search)}">Continue</a></p></body></html>`;
  return new Response(html, { headers: htmlPageHeaders });
}
