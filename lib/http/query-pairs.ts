/**
 * The name-value pairs of a query string or a form body, undefined when it is not properly encoded: URLSearchParams
 * would turn bad bytes into other characters and search for those.
 */
export function queryPairs(text: string): URLSearchParams | undefined {
  try {
    decodeURIComponent(text.replace(/^\?/, ''));
  } catch {
    return undefined;
  }
  return new URLSearchParams(text);
}
