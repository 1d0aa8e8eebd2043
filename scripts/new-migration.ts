/**
 * `npm run migration -- NAME`: writes the migration that takes the database from the existing migrations to
 * prisma/schema.prisma, and generates the database client, so that the compiler knows the new columns.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded } from '#lib/data/database/driver/pglite.ts';
import { diffSchema } from '#scripts/migrations/difference.ts';
import { ensureGenerated } from '#scripts/prepare.ts';

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Name the migration in lower case with underscores, for example: npm run migration -- add_brands');
  process.exit(1);
}

const { adapter, close } = openEmbedded();
const sql = await diffSchema(adapter, readFileSync('prisma/schema.prisma', 'utf8'));
await close();

const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const folder = join('prisma/migrations', `${stamp}_${name}`);
mkdirSync(folder);
writeFileSync(join(folder, 'migration.sql'), sql);
await ensureGenerated();
console.log(`Wrote ${folder}/migration.sql. Read it before you commit it.`);
