/**
 * First path segments that this origin uses itself, that Next answers itself, or that browsers and crawlers request.
 * What begins with a dot or an underscore, or has a suffix, is no slug anyway.
 */
const reserved = new Set([
  '404',
  '500',
  'account',
  'admin',
  'api',
  'brands',
  'favicon.ico',
  'fhir',
  'forbidden',
  'health',
  'index',
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
 * Tells whether `slug` can name a sandbox, and so be the first path segment of all its URLs: 1 to 40 lower-case
 * letters, digits and inner hyphens, and no segment that is reserved.
 */
export function isSandboxSlug(slug: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(slug) && !reserved.has(slug);
}
