/**
 * The name-value pairs of a query string or form body; undefined when it is not properly encoded UTF-8.
 * URLSearchParams, or a proxy before us, replaces bad bytes by U+FFFD, so text with that character is rejected too: a
 * search for it would be for something nobody sent.
 */
export function queryPairs(text: string): URLSearchParams | undefined {
  try {
    return decodeURIComponent(text).includes('\ufffd') ? undefined : new URLSearchParams(withValues(text));
  } catch {
    return undefined;
  }
}

/** Each name with a value, if an empty one: for names alone, Node takes a time that grows with the square of their number. */
function withValues(text: string): string {
  const pairs = text.startsWith('?') ? text.slice(1) : text;
  return `?${pairs.replace(/(^|&)([^=&]+)(?=&|$)/g, '$1$2=')}`;
}
