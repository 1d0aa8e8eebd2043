// The headers that guard every answer are set by lib/browser-policy, which also sees what Next does not answer itself.

/** @type {import('next').NextConfig} */
export default {
  // Loaded by Node itself: bundled, oidc-provider would exist twice and PGlite would lose its WASM files.
  serverExternalPackages: ['oidc-provider', '@electric-sql/pglite', '@medplum/core', 'pg'],
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  // npm test checks the types; a start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // Our own log tells each request, without the secrets of its address.
  logging: { incomingRequests: false },
  // A page that refuses a member answers 403 with app/forbidden.tsx.
  // And a sandbox file may be sent to a server action: 3 MB, and what wraps it.
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: '4mb' } },
  // A FHIR base, a redirect URI or a launch URI may end in a slash; a redirect would cost the query or the body.
  skipTrailingSlashRedirect: true,
};
