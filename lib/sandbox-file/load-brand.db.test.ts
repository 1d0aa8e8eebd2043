import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { findBrand, saveBrand } from '#lib/data/sandbox/brands.ts';
import { readBrand } from '#lib/smart/brand/brand.ts';
import { loadSandboxFiles } from './load-sandbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'load-brand-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function load(more: object) {
  const path = join(folder, 'branded.json');
  writeFileSync(path, JSON.stringify({ slug: 'branded', name: 'Branded', ...more }));
  return loadSandboxFiles([path], { origin: 'http://localhost:3000', now: new Date() });
}

const brand = { color: '#0f6e84', aliases: ['BH'], addresses: [{ city: 'Madison' }] };

it('loads the brand of a sandbox file', async () => {
  await load({ brand });
  expect(await findBrand('branded')).toMatchObject({ name: 'Branded', brand: readBrand(brand) });
});

it('changes nothing, nor when it last changed, when the same file is loaded again', async () => {
  const before = await findBrand('branded');
  await load({ brand });
  await load({});
  expect(await findBrand('branded')).toEqual(before);
});

it('brings the brand again when the file names it again, and says when', async () => {
  const before = await findBrand('branded');
  await saveBrand(await idOf('branded'), readBrand({ color: '#000000' }));
  await load({ brand });
  const after = await findBrand('branded');
  expect(after?.brand).toEqual(before?.brand);
  expect(after?.updatedAt.getTime()).toBeGreaterThan(before?.updatedAt.getTime() ?? Number.NaN);
});

it('says where a brand is wrong and loads nothing of it', async () => {
  const { problems } = await load({ name: 'Renamed', brand: { ...brand, color: 'teal' } });
  expect(problems.map(({ path }) => path)).toEqual(['$.brand.color']);
  expect((await findBrand('branded'))?.name).toBe('Branded');
});

it('knows no brand of a sandbox that is not there', async () => {
  expect(await findBrand('nowhere')).toBeUndefined();
  expect(await findBrand('../branded')).toBeUndefined();
});

async function idOf(slug: string): Promise<number> {
  return (await database().sandbox.findUniqueOrThrow({ where: { slug } })).id;
}
