/**
 * The name-value pairs of a query string or form body; undefined when it is not properly encoded UTF-8.
 * URLSearchParams, or a proxy before us, replaces bad bytes by U+FFFD, so text with that character is rejected too: a
 * search for it would be for something nobody sent.
 */
export function queryPairs(text: string): URLSearchParams | undefined {
  try {
    return decodeURIComponent(text).includes('\ufffd') ? undefined : new URLSearchParams(text);
  } catch {
    return undefined;
  }
}
