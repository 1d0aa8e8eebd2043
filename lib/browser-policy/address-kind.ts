/**
 * What a browser may find at an address of ours:
 *
 * - `page`: a page of the EHR, also the one that says that there is nothing
 * - `framing`: the page of the EHR with an app in a frame
 * - `asking`: what stands between an app and its redirect URI: authorization, sign-in, consent
 * - `sample`: a bundled app
 * - `data`: no page, but JSON, an image or a script
 */
export type AddressKind = 'page' | 'framing' | 'asking' | 'sample' | 'data';

const kinds: readonly [pattern: RegExp, kind: AddressKind][] = [
  [/^\/samples\/(cds-services(\/|$)|[^/]+\.svg$)/, 'data'],
  [/^\/samples(\/|$)/, 'sample'],
  [/^\/(_next|_services|health|schema)(\/|$)/, 'data'],
  [/^\/(sign-in|api)(\/|$)/, 'asking'],
  [/^\/[^/]+\/oauth(\/|$)/, 'asking'],
  [/^\/[^/]+\/(fhir|\.well-known|cds)(\/|$)/, 'data'],
  [/^\/[^/]+\/scenarios\/[^/]+\/frame\/?$/, 'framing'],
];

/**
 * The kind of an address by its path, with or without a query. What is not known to be something else is a page, so
 * that the strict policies of pages hold for it.
 */
export function kindOfAddress(address: string): AddressKind {
  const [path = '/'] = address.split(/[?#]/);
  return kinds.find(([pattern]) => pattern.test(path))?.[1] ?? 'page';
}
