/**
 * The page to go to after signing in: `target` if it is at our own `origin`, otherwise the start page. Without this
 * check a link could send people from our sign-in page to a foreign one.
 */
export function returnTo(target: unknown, origin: string): string {
  if (typeof target !== 'string' || !URL.canParse(target, origin)) return `${origin}/`;
  const url = new URL(target, origin);
  return url.origin === origin ? url.href : `${origin}/`;
}

/** The address of the sign-in page, which leads on to `target`, a path with its query, and fills in `username`. */
export function signInAddress(target: string, username?: string): string {
  const query = new URLSearchParams({ callbackUrl: target });
  if (username) query.set('username', username);
  return `/sign-in?${query}`;
}

/** The address of the page on which a user changes the password, which leads on to `target` afterwards. */
export function passwordAddress(target: string): string {
  return `/account/password?${new URLSearchParams({ callbackUrl: target })}`;
}

/**
 * The sandbox and the interaction that `target` names, if it is a step of an authorization request. Only the address is
 * read; the interaction need not exist.
 */
export function interactionOf(target: string, origin: string): { slug: string; uid: string } | undefined {
  const { pathname } = new URL(returnTo(target, origin));
  const [, slug, uid] = /^\/([a-z0-9-]+)\/oauth\/interaction\/([\w-]+)\/sign-in$/.exec(pathname) ?? [];
  return slug && uid ? { slug, uid } : undefined;
}
