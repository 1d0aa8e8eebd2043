import { domainToUnicode } from 'node:url';
import { ownOrigins } from '#lib/env.ts';
import { type ClientAddresses, isOriginOf } from '#lib/smart/client/origins.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { query, sql } from '../database/sql.ts';

/**
 * Tells whether `origin` is the origin of any enabled client of the sandbox, or of this server itself, so that its pages
 * may read answers in a browser.
 */
export async function isOriginOfEnabledClient(slug: string, origin: string): Promise<boolean> {
  const own = ownOrigins();
  if (origin === own.origin) return true;
  if (!isSandboxSlug(slug) || !URL.canParse(origin)) return false;
  // The database finds the clients that mention the host anywhere; the rule then decides which have the origin.
  const { hostname } = new URL(origin);
  const names = [hostname, domainToUnicode(hostname) || hostname];
  // Bundled apps are registered by their paths.
  const path = origin === own.samplesOrigin ? '/samples' : null;
  const candidates = await query<ClientAddresses>(
    sql`SELECT c.redirect_uris AS "redirectUris", c.origins
      FROM client c JOIN sandbox s ON s.id = c.sandbox_id
      WHERE s.slug = ${slug} AND c.enabled AND (${origin} = ANY(c.origins)
        OR EXISTS (SELECT 1 FROM unnest(c.redirect_uris) uri
          WHERE strpos(lower(uri), ${names[0]}) > 0 OR strpos(lower(uri), ${names[1]}) > 0
            OR starts_with(uri, ${path}::text)))`,
  );
  return candidates.some((client) => isOriginOf(client, origin, own));
}
