import type { KoaContextWithOIDC } from 'oidc-provider';
import { matchesClientSecret } from '#lib/data/client/secrets.ts';

/**
 * Koa middleware that accepts a Basic header whose id and secret were not form-encoded: OAuth requires the encoding,
 * but many apps forget it. A header that can be decoded is left alone.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
export async function acceptRawBasic(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  const raw = rawBasic(ctx);
  if (raw && !isFormEncoded(raw.join('&'))) {
    ctx.req.headers.authorization = `Basic ${Buffer.from(raw.map(encodeURIComponent).join(':')).toString('base64')}`;
  }
  await next();
}

/**
 * Tells whether `secret`, or the raw secret in the Basic header of the request, matches the hash `stored`.
 * oidc-provider decodes the header, which changes a + or a % in a secret that was never encoded.
 */
export async function matchesSentSecret(
  ctx: KoaContextWithOIDC | undefined,
  secret: string,
  stored: string,
): Promise<boolean> {
  const raw = ctx && rawBasic(ctx)?.[1];
  const candidates = new Set(raw === undefined ? [secret] : [secret, raw]);
  const matches = await Promise.all([...candidates].map((candidate) => matchesClientSecret(candidate, stored)));
  return matches.includes(true);
}

function rawBasic({ headers }: KoaContextWithOIDC): [id: string, secret: string] | undefined {
  const [, credentials] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(headers.authorization ?? '') ?? [];
  if (!credentials) return undefined;
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(credentials, 'base64').toString('utf8')) ?? [];
  return id === undefined || secret === undefined ? undefined : [id, secret];
}

function isFormEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
