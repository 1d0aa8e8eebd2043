import type { Issuer } from '#lib/data/sandbox/issuers.ts';
import { issuerOf } from '#lib/env.ts';
import { readBrand } from '#lib/smart/brand/brand.ts';
import { smartStyleUrl } from '#lib/smart/brand/smart-style.ts';
import type { GrantContext } from '#lib/smart/launch/context.ts';

/** The context of a user's grant as apps are told it; the sandbox's style is part of every one that brings none. */
export function toldContext({ slug, brand }: Issuer, context: GrantContext): GrantContext {
  return { smart_style_url: smartStyleUrl(issuerOf(slug), readBrand(brand)), ...context };
}
