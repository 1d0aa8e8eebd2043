import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { database } from '../database/database.ts';
import { notDeleted } from './deleted-sandboxes.ts';

/**
 * The slugs of sandboxes that have no address: an earlier version let them have a name that the server answers itself.
 */
export async function findUnreachableSandboxes(): Promise<string[]> {
  const sandboxes = await database().sandbox.findMany({ where: notDeleted, select: { slug: true } });
  return sandboxes.map(({ slug }) => slug).filter((slug) => !isSandboxSlug(slug));
}
