import { type Brand, readBrand } from '#lib/smart/brand.ts';
import { isSandboxSlug } from '#lib/smart/sandbox-slug.ts';
import type { Prisma } from '#prisma/generated/client.ts';
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

/** A brand as it is stored: members that are undefined are left out. */
export function storable(brand: Brand): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(brand));
}

/** Keeps a new brand of the sandbox, and when that was. */
export async function saveBrand(sandboxId: number, brand: Brand): Promise<void> {
  await database().sandbox.update({ where: { id: sandboxId }, data: { brand: storable(brand) } });
}
