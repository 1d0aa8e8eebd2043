import type { Issuer } from '#lib/data/sandbox/issuers.ts';
import { issuerOf } from '#lib/env.ts';
import { readBrand } from '#lib/smart/brand/brand.ts';
import { smartStyleUrl } from '#lib/smart/brand/smart-style.ts';
import type { GrantContext } from '#lib/smart/launch/context.ts';
import { withoutReserved } from '#lib/smart/launch/reserved-names.ts';

/**
 * The context of a user's grant as responses to apps contain it; a context without a style gets the sandbox's. It says
 * nothing of the token and its user, whatever grants of earlier versions hold.
 */
export function contextResponse({ slug, brand }: Issuer, grantContext: GrantContext): GrantContext {
  return { smart_style_url: smartStyleUrl(issuerOf(slug), readBrand(brand)), ...withoutReserved(grantContext) };
}
