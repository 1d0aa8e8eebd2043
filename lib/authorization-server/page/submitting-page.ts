/**
 * The script of oidc-provider's page that sends its form by itself, as when an app ends a session that is over already.
 * A test compares it with what the library sends.
 * @see https://www.w3.org/TR/CSP3/#grammardef-hash-source
 */
const hashOfScript = "'sha256-RdUNylKSz5sOn0fkU1eqAq2AfjeUgGQlHsNg7gbsfrU='";

/**
 * Lets that page run this one script, load nothing, and be framed by nobody else; other answers stay as they are. Its form
 * may lead to the app, as browsers count redirects too.
 */
export function allowSubmitting(path: string, response: Response): Response {
  const { headers } = response;
  const isPage = headers.get('content-type')?.startsWith('text/html') && !headers.has('content-security-policy');
  if (path !== '/oauth/session/end' || !isPage) return response;
  headers.set(
    'Content-Security-Policy',
    `default-src 'none'; script-src ${hashOfScript}; base-uri 'none'; frame-ancestors 'self'`,
  );
  return response;
}
