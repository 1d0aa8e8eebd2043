const development = process.env.NODE_ENV === 'development';

/**
 * For the pages of the EHR: nobody frames them, and no script, style sheet or plug-in of another site is loaded into
 * them. Next's own scripts stand inline, and change with every page, so that inline ones must be let in. A form may
 * lead anywhere: allowing an app, or launching it, ends at the app, and browsers count redirects too.
 */
const directives = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  // Logos of apps and hospitals live where they live.
  "img-src 'self' https: http: data:",
  `connect-src 'self'${development ? ' ws:' : ''}`,
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
];
const contentSecurityPolicy = directives.join('; ');

/** The page that shows an app inside the EHR frames what lives anywhere. */
const framingPolicy = [...directives, 'frame-src http: https:'].join('; ');

/** Nothing here is for a camera or the like; and what another site is told of our addresses is nothing. */
const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
];

/** The bundled apps talk to any EHR, and EHRs may frame them. The authorization server's own pages have a stricter policy. */
const pagesOfTheEhr = [
  '/',
  '/sign-in',
  '/:sandbox((?!(?:samples|api|_next)(?:/|$))[^/]+)/:page((?!(?:oauth|fhir)(?:/|$))[^/]+)*',
  '/:sandbox/oauth/interaction/:step*',
];

/** Under an https origin: this header is made from the configured origin before Next sees a request. */
const behindTls = [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }];

/** @type {import('next').NextConfig} */
export default {
  // Loaded by Node itself: bundled, oidc-provider would exist twice and PGlite would lose its WASM files.
  serverExternalPackages: ['oidc-provider', '@electric-sql/pglite', '@medplum/core', 'pg'],
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  // npm test checks the types; a start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // A page that refuses a member answers 403 with app/forbidden.tsx.
  // And a sandbox file may be sent to a server action: 3 MB, and what wraps it.
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: '4mb' } },
  // A FHIR base, a redirect URI or a launch URI may end in a slash; a redirect would cost the query or the body.
  skipTrailingSlashRedirect: true,
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    { source: '/:path*', has: behindTls, headers: [{ key: 'Strict-Transport-Security', value: 'max-age=31536000' }] },
    ...pagesOfTheEhr.map((source) => ({
      source,
      headers: [{ key: 'Content-Security-Policy', value: contentSecurityPolicy }],
    })),
    {
      source: '/:sandbox/scenarios/:id/frame',
      headers: [{ key: 'Content-Security-Policy', value: framingPolicy }],
    },
  ],
};
