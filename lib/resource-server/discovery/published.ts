import { findBrand, findBrands } from '#lib/data/sandbox/brands.ts';
import { ownOrigins } from '#lib/env.ts';
import { accepts } from '#lib/http/accept.ts';
import { openToAllOrigins, preflight } from '#lib/http/cors.ts';
import { isHeld, weakEntityTag } from '#lib/http/entity-tag.ts';
import type { PublishedBrand } from '#lib/smart/brand/organization.ts';
import { smartStyle } from '#lib/smart/brand/smart-style.ts';
import { brandBundle } from '#lib/smart/brand/user-access-brands.ts';
import { answerError } from '../request/answer.ts';
import { unknownSandbox } from '../request/bearer.ts';

/**
 * Answers the SMART style of the sandbox `slug`, without a token. Launches refer to it by a URL that contains its
 * version.
 */
export function answerSmartStyle(request: Request, slug: string): Promise<Response> {
  return answerPublished(request, 'application/json', async () => smartStyle((await brandOf(slug)).brand));
}

/** Answers the user-access brands Bundle of the sandbox `slug`, without a token. */
export function answerBrands(request: Request, slug: string): Promise<Response> {
  return answerPublished(request, bundleType(request), async () => brandBundle([await brandOf(slug)], ownOrigins()));
}

/** Answers the brands of all sandboxes except those marked by their administrators as unreachable for apps. */
export function answerAllBrands(request: Request): Promise<Response> {
  return answerPublished(request, bundleType(request), async () => {
    const open = (await findBrands()).filter(({ brand }) => brand.endpoint.status !== 'off');
    return brandBundle(open, ownOrigins());
  });
}

/** @throws FhirError 404 when there is no such sandbox. */
async function brandOf(slug: string): Promise<PublishedBrand> {
  const found = await findBrand(slug);
  if (!found) throw unknownSandbox();
  return found;
}

/** The media type of the Bundle: FHIR's, unless the client accepts only plain JSON. */
function bundleType(request: Request): string {
  const fhir = 'application/fhir+json';
  const accept = request.headers.get('accept');
  return accepts(accept, [fhir]) || !accepts(accept, ['application/json']) ? fhir : 'application/json';
}

async function answerPublished(request: Request, type: string, content: () => Promise<object>): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight(['GET', 'HEAD', 'OPTIONS'], '*');
  try {
    const text = JSON.stringify(await content());
    const tag = weakEntityTag(text);
    const headers = { ...openToAllOrigins, ETag: tag, Vary: 'Accept', 'Cache-Control': 'public, max-age=60' };
    if (isHeld(request.headers.get('if-none-match'), tag)) return new Response(null, { status: 304, headers });
    return new Response(text, { headers: { ...headers, 'Content-Type': `${type}; charset=utf-8` } });
  } catch (thrown) {
    return answerError(thrown, openToAllOrigins);
  }
}
