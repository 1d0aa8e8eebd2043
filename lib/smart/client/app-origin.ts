import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { issueOfAddress } from '../app-address.ts';

/**
 * The issue of a typed origin of an app's pages; undefined when it is in order. It is compared to the one spelling that
 * browsers send, so it must be spelt that way: scheme, host, and the port unless it is the usual one.
 * @see https://datatracker.ietf.org/doc/html/rfc6454#section-6.2
 */
export function issueOfOrigin(text: string, own: OwnOrigins): string | undefined {
  if (text.startsWith('/')) return 'must be an origin such as https://app.example.org';
  const issue = issueOfAddress(text, 'web', own);
  if (issue) return issue;
  const { origin } = new URL(text);
  return origin === text ? undefined : `must be an origin, without a path: ${origin}`;
}
