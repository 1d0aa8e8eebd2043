import type { KoaContextWithOIDC } from 'oidc-provider';

/** A request parameter as the app sent it, before any narrowing; repeated parameters have already been refused. */
export function sentParameter({ query }: KoaContextWithOIDC, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
