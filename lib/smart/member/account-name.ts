import { isSandboxSlug } from '../sandbox/slug.ts';

/**
 * The username of an account that belongs to a sandbox: made by its administrator, or by an uploaded sandbox file. It
 * contains the slug, so that a name that is taken tells nobody who has an account elsewhere. A name that does already
 * stays as it is.
 */
export function usernameIn(slug: string, local: string): string {
  return local.endsWith(`@${slug}`) ? local : `${local}@${slug}`;
}

/** The end of every username that belongs to a sandbox. */
export function endOfNamesIn(slug: string): string {
  return `@${slug}`;
}

/** Whether a name belongs to another sandbox than that named `slug`, be there one or not. A slug has no dots. */
export function namesSandbox(username: string, slug: string): boolean {
  const end = username.slice(username.lastIndexOf('@') + 1);
  return username.includes('@') && end !== slug && isSandboxSlug(end);
}
