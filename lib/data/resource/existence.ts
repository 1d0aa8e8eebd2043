import { database } from '../database/database.ts';

/** Tells whether the sandbox named `slug` has the resource of a literal reference such as `Patient/123`. */
export async function resourceExists(slug: string, reference: string): Promise<boolean> {
  const [resourceType = '', id = ''] = reference.split('/');
  const where = { resourceType, id, deleted: false, sandbox: { slug } };
  return (await database().resource.count({ where })) > 0;
}
