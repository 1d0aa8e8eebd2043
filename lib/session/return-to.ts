/**
 * Where to go after signing in: `target` when it lies at our own `origin`, the start page otherwise.
 * Anything else would let a link send people on to a foreign page in our name.
 */
export function returnTo(target: unknown, origin: string): string {
  if (typeof target !== 'string' || !URL.canParse(target, origin)) return `${origin}/`;
  const url = new URL(target, origin);
  return url.origin === origin ? url.href : `${origin}/`;
}

/**
 * The sign-in page's address for someone on their way to `target`, a path with its query. `username` is filled in there.
 */
export function signInAddress(target: string, username?: string): string {
  const query = new URLSearchParams({ callbackUrl: target });
  if (username) query.set('username', username);
  return `/sign-in?${query}`;
}

/**
 * The step of an authorization request to which someone returns after signing in, when `target` is one: which sandbox
 * and which interaction its address names. Whether there is such a one, it does not say.
 */
export function interactionOf(target: string, origin: string): { slug: string; uid: string } | undefined {
  const { pathname } = new URL(returnTo(target, origin));
  const [, slug, uid] = /^\/([a-z0-9-]+)\/oauth\/interaction\/([\w-]+)\/sign-in$/.exec(pathname) ?? [];
  return slug && uid ? { slug, uid } : undefined;
}
