import { issueOfAddress } from '../app-address.ts';

/**
 * What is wrong with the origin of an app's pages as it was written, in a sentence; undefined when nothing is.
 * Browsers send origins in one spelling, to which it is compared: scheme, host, and a port that is not the usual one.
 * @see https://datatracker.ietf.org/doc/html/rfc6454#section-6.2
 */
export function issueOfOrigin(text: string, ownOrigin: string): string | undefined {
  if (text.startsWith('/')) return 'must be an origin such as https://app.example.org';
  const issue = issueOfAddress(text, 'web', ownOrigin);
  if (issue) return issue;
  const { origin } = new URL(text);
  return origin === text ? undefined : `must be an origin, without a path: ${origin}`;
}
