/** How long a response without cache headers is kept: short, since its contents may have been withdrawn. */
const unsaidSeconds = 60;
const maxSeconds = 24 * 60 * 60;

/**
 * Number of seconds a response may be reused, by Cache-Control or else Expires: at most a day, 0 if neither parses.
 * @see https://www.rfc-editor.org/rfc/rfc9111#section-4.2
 */
export function freshSeconds(headers: Headers, now: Date): number {
  const seconds = lifetime(headers, now) - Number(headers.get('age') ?? 0);
  return Number.isFinite(seconds) ? Math.max(0, Math.min(maxSeconds, seconds)) : 0;
}

function lifetime(headers: Headers, now: Date): number {
  const directives = (headers.get('cache-control') ?? '')
    .toLowerCase()
    .split(',')
    .map((text) => text.trim());
  if (directives.some((directive) => /^no-(store|cache)(=|$)/.test(directive))) return 0;
  const ages = directives.filter((directive) => directive.startsWith('max-age')).map(maxAge);
  if (ages.length > 0) return Math.min(...ages);
  const expires = headers.get('expires');
  if (expires === null) return unsaidSeconds;
  const date = Date.parse(headers.get('date') ?? '');
  return (Date.parse(expires) - (Number.isNaN(date) ? now.getTime() : date)) / 1000;
}

function maxAge(directive: string): number {
  const [, seconds] = /^max-age="?(\d{1,10})"?$/.exec(directive) ?? [];
  return seconds === undefined ? 0 : Number(seconds);
}
