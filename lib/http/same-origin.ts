/**
 * Whether a browser sent this request from a page of `origin` (scheme, host and port). A request without that
 * information is refused, as every browser sends it with a POST.
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function sentFrom(origin: string, headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  return site ? site === 'same-origin' : headers.get('origin') === origin;
}

/**
 * Whether the user navigated here on their own: from the address bar, a bookmark or one of our pages. False for
 * browsers that do not say, and where the browser only guesses that the user will.
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function isGoneTo(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  const isGuess = headers.get('sec-purpose') !== null;
  return (site === 'none' || site === 'same-origin') && headers.get('sec-fetch-mode') === 'navigate' && !isGuess;
}
