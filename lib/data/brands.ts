import { type Brand, readBrand } from '#lib/smart/brand.ts';
import { isSandboxSlug } from '#lib/smart/sandbox-slug.ts';
import { database } from './database.ts';

/** A sandbox as people and apps see it from outside. */
export interface BrandedSandbox {
  slug: string;
  name: string;
  brand: Brand;
  /** When any of it last changed. */
  updatedAt: Date;
}

const selected = { slug: true, name: true, brand: true, updatedAt: true } as const;

/** The sandbox named `slug` with its brand; undefined: no such sandbox. */
export async function findBrand(slug: string): Promise<BrandedSandbox | undefined> {
  if (!isSandboxSlug(slug)) return undefined;
  const sandbox = await database().sandbox.findUnique({ where: { slug }, select: selected });
  return sandbox ? { ...sandbox, brand: readBrand(sandbox.brand) } : undefined;
}
