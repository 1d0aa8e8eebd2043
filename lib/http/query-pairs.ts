/**
 * The name-value pairs of a query string or a form body, undefined when it is not properly encoded UTF-8:
 * URLSearchParams would turn bad bytes into replacement characters and search for those. So may have done who handed
 * the request on, hence those are no text either.
 */
export function queryPairs(text: string): URLSearchParams | undefined {
  try {
    return decodeURIComponent(text).includes('\ufffd') ? undefined : new URLSearchParams(text);
  } catch {
    return undefined;
  }
}
