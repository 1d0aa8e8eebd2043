import type { KoaContextWithOIDC } from 'oidc-provider';

/** A request parameter as the app sent it, before anything was narrowed; repeated ones were refused already. */
export function sentParameter({ query }: KoaContextWithOIDC, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
