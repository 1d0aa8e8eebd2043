import { type OwnOrigins, originsOf, ownAddress } from '#lib/address/own-origins.ts';
import { issueOfLine } from './visible-text.ts';

/** The use of an app's address: a `web` one is opened or fetched, a `redirect` may also lead into a native app. */
export type AddressUse = 'web' | 'redirect';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
const maxLength = 2000;

/** Tells whether a URL's `hostname` means this computer. */
function isLoopback(hostname: string): boolean {
  return loopback.has(hostname);
}

/**
 * The issue of an app's address, in words for the person who typed it; undefined when it is in order.
 * A path such as /samples/app is an address on this server, wherever that runs.
 * Plain http is for this computer and for our own origins; a native app's scheme must be a reversed domain name.
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.1
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.1
 */
export function issueOfAddress(address: string, use: AddressUse, own: OwnOrigins): string | undefined {
  return issueOfText(address) ?? (isOwnPath(address) ? undefined : issueOfAbsolute(address, use, own));
}

function issueOfText(address: string): string | undefined {
  if (address.length > maxLength) return `is longer than ${maxLength} characters`;
  if (/[\s\p{Cc}\p{Cs}\\]/u.test(address)) return 'must not contain spaces, line breaks or backslashes';
  const hidden = issueOfLine(address);
  if (hidden) return hidden;
  return address.includes('#') ? 'must not have a fragment (the part from #)' : undefined;
}

function issueOfAbsolute(address: string, use: AddressUse, own: OwnOrigins): string | undefined {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(address)?.[1]?.toLowerCase();
  if (!scheme || !URL.canParse(address)) {
    return 'must be an absolute address such as https://app.example.org/callback, or a path on this server';
  }
  return scheme === 'http' || scheme === 'https'
    ? issueOfWebAddress(address, new URL(address), own)
    : issueOfScheme(scheme, use);
}

function issueOfWebAddress(address: string, url: URL, own: OwnOrigins): string | undefined {
  if (!/^https?:\/\/[^/]/i.test(address)) return 'must have two slashes after the scheme';
  if (url.username || url.password) return 'must not carry a user name or password';
  if (address.includes('*')) return 'must not contain a wildcard: addresses are compared character by character';
  if (url.protocol === 'https:' || isLoopback(url.hostname) || originsOf(own).includes(url.origin)) return undefined;
  return 'must use https; plain http is only for localhost, 127.0.0.1, [::1] and this server';
}

function issueOfScheme(scheme: string, use: AddressUse): string | undefined {
  if (use === 'web') return 'must start with https://';
  return scheme.includes('.')
    ? undefined
    : `must use https, or a native app's scheme with a dot in it, such as org.example.app: (not ${scheme}:)`;
}

function isOwnPath(address: string): boolean {
  return address.startsWith('/') && !address.startsWith('//');
}

/** An app's address as an absolute one: a path lies at our `own` origins. This server hands out no other form. */
export function absoluteAddress(address: string, own: OwnOrigins): string {
  return isOwnPath(address) ? ownAddress(address, own) : address;
}
