import { frameFeatures } from '#lib/smart/client/frame-features.ts';
import type { AddressKind } from './address-kind.ts';

export interface PolicySettings {
  /** Names the scripts and style sheets of one answer; nobody can guess it. */
  nonce: string;
  /** Whether sources are reloaded when they change, which needs what no served page may do. */
  development: boolean;
  /** The origins of the FHIR servers that the bundled apps connect to; these may frame the apps. */
  sampleServers: readonly string[];
}

/** The headers that tell a browser how to guard an answer at an address of this kind. */
export function policiesOf(kind: AddressKind, settings: PolicySettings): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(kind, settings),
    'Cross-Origin-Opener-Policy': openerPolicy[kind],
    'Permissions-Policy': permissionsPolicy(kind),
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  };
}

/**
 * A window and whoever opened it lose sight of each other. Where an app has its user asked, possibly in a window of its
 * own, they must not: the app waits for what its redirect URI tells it. The windows that a framed app opens stay its own.
 * @see https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policies
 */
const openerPolicy: Record<AddressKind, string> = {
  page: 'same-origin',
  data: 'same-origin',
  framing: 'same-origin-allow-popups',
  asking: 'unsafe-none',
  sample: 'unsafe-none',
};

/**
 * No page of ours uses any of these. The page with a frame passes some on: the `allow` attribute of the frame says
 * which, and to which origins.
 * @see https://www.w3.org/TR/permissions-policy/
 */
function permissionsPolicy(kind: AddressKind): string {
  const closed = ['payment=()', 'usb=()'];
  if (kind === 'framing') return [...frameFeatures.map((feature) => `${feature}=*`), ...closed].join(', ');
  return ['camera=()', 'microphone=()', 'geolocation=()', 'clipboard-read=()', ...closed].join(', ');
}

function contentSecurityPolicy(kind: AddressKind, settings: PolicySettings): string {
  if (kind === 'data') return "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  if (kind === 'sample') return samplePolicy(settings);
  return [
    "default-src 'self'",
    ...codeDirectives(settings),
    // Logos of apps and hospitals live where they live.
    "img-src 'self' https: http: data:",
    `connect-src 'self'${settings.development ? ' ws:' : ''}`,
    ...(kind === 'framing' ? ['frame-src http: https:'] : []),
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/** A bundled app loads nothing of others, and talks to its FHIR servers alone. */
function samplePolicy(settings: PolicySettings): string {
  const servers = ["'self'", ...settings.sampleServers].join(' ');
  return [
    "default-src 'none'",
    ...codeDirectives(settings),
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${servers}${settings.development ? ' ws:' : ''}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${servers}`,
  ].join('; ');
}

/**
 * Scripts and style sheets that carry the nonce, and what such scripts load. Attributes that style one element are let
 * in, as charts and colours of brands are drawn with them; a form may lead anywhere, since allowing or launching an app
 * ends at the app, and browsers count redirects too.
 * @see https://www.w3.org/TR/CSP3/#strict-dynamic-usage
 */
function codeDirectives({ nonce, development }: PolicySettings): string[] {
  if (development) return ["script-src 'self' 'unsafe-inline' 'unsafe-eval'", "style-src 'self' 'unsafe-inline'"];
  return [
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
  ];
}
