import { type Brand, readBrand } from '#lib/smart/brand/brand.ts';
import type { PublishedBrand } from '#lib/smart/brand/organization.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import type { Prisma } from '#prisma/generated/client.ts';
import { database } from '../database/database.ts';
import { notDeleted } from './deleted-sandboxes.ts';

const selected = { slug: true, name: true, brand: true, updatedAt: true } as const;

/** The sandbox named `slug` with its brand; undefined when there is no such sandbox. */
export async function findBrand(slug: string): Promise<PublishedBrand | undefined> {
  if (!isSandboxSlug(slug)) return undefined;
  const sandbox = await database().sandbox.findUnique({ where: { slug }, select: selected });
  return sandbox ? { ...sandbox, brand: readBrand(sandbox.brand) } : undefined;
}

/** Every sandbox of this server that has an address, with its brand, by slug. */
export async function findBrands(): Promise<PublishedBrand[]> {
  const sandboxes = await database().sandbox.findMany({
    where: notDeleted,
    select: selected,
    orderBy: { slug: 'asc' },
  });
  const reachable = sandboxes.filter(({ slug }) => isSandboxSlug(slug));
  return reachable.map((sandbox) => ({ ...sandbox, brand: readBrand(sandbox.brand) }));
}

/** A brand as JSON for the database, without undefined members. */
export function storable(brand: Brand): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(brand));
}

/** Stores a new brand of the sandbox, and when it was changed. */
export async function saveBrand(sandboxId: number, brand: Brand): Promise<void> {
  await database().sandbox.updateMany({ where: { id: sandboxId }, data: { brand: storable(brand) } });
}
