import { expect, it } from 'vitest';
import { applyMigrations } from '../database/migration/apply.ts';
import { databaseBefore } from '../tests/before-migration.ts';

it('knows of no sandbox of before what its file gave', async () => {
  const { driver, ownTransaction, prisma, close } = await databaseBefore('20261129160000');
  const seed = `'{"file": "/ward.json", "definition": {}, "clients": [], "data": []}'`;
  const text = `INSERT INTO sandbox (slug, name, seed, file_digest) VALUES ('ward', 'Ward', ${seed}, 'digest')`;
  await driver.send({ text, values: [], prepared: false });
  await applyMigrations({ ownTransaction });
  const [sandbox] = await prisma.sandbox.findMany();
  await close();
  expect(sandbox).toMatchObject({ given: null, seed: { file: '/ward.json' }, fileDigest: 'digest' });
});
