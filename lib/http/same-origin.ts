/**
 * Whether a browser sent this request from a page of `origin` (scheme, host and port). What says nothing about where
 * it comes from is refused: every browser tells it on a POST.
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function sentFrom(origin: string, headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  return site ? site === 'same-origin' : headers.get('origin') === origin;
}

/**
 * Whether somebody went to this address by themselves: from the address bar, a bookmark or a page of ours. A browser
 * that does not tell counts for no.
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function isGoneTo(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  return (site === 'none' || site === 'same-origin') && headers.get('sec-fetch-mode') === 'navigate';
}
