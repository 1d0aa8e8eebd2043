/** First path segments that mean something else at this origin, or that browsers and crawlers ask for. */
const reserved = new Set([
  'admin',
  'api',
  'brands',
  'favicon.ico',
  'fhir',
  'forbidden',
  'health',
  'launch',
  'new',
  'oauth',
  'public',
  'robots.txt',
  'samples',
  'sandboxes',
  'schema',
  'sign-in',
  'sign-out',
  'static',
]);

/**
 * Whether `slug` can name a sandbox, and so be the first segment of every URL of it: 1 to 40 lower-case letters,
 * digits and inner hyphens, and not a word this origin uses itself.
 */
export function isSandboxSlug(slug: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(slug) && !reserved.has(slug);
}
