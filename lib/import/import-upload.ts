import { digestOf, type Part } from './part.ts';
import { indexPart, preparePart } from './prepare-part.ts';
import { ReferenceResolver } from './reference-resolver.ts';
import { isIn, mayGoIn, type PartOutcome, skippedPart, storePart } from './store-part.ts';

/** Imports one uploaded part, unless the sandbox holds it already, or its upload `job` ends meanwhile. */
export async function importUpload(sandboxId: number, part: Part, job?: string): Promise<PartOutcome> {
  const digest = digestOf(part);
  if (await isIn(sandboxId, digest)) return skippedPart;
  const resolver = new ReferenceResolver(sandboxId);
  const prepared = await preparePart(part, digest);
  if (mayGoIn(prepared)) await indexPart(prepared, resolver);
  return storePart(sandboxId, prepared, resolver, { job });
}
