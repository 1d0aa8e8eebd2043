/**
 * Where to go after signing in: `target` when it lies at our own `origin`, the start page otherwise.
 * Anything else would let a link send people on to a foreign page in our name.
 */
export function returnTo(target: unknown, origin: string): string {
  if (typeof target !== 'string' || !URL.canParse(target, origin)) return `${origin}/`;
  const url = new URL(target, origin);
  return url.origin === origin ? url.href : `${origin}/`;
}

/** The sign-in page's address for someone on their way to `target`, a path with its query. */
export function signInAddress(target: string): string {
  return `/sign-in?${new URLSearchParams({ callbackUrl: target })}`;
}
