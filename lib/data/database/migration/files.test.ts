import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readMigrations } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'migration-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sha = (text: string) => createHash('sha256').update(text).digest('hex');

describe('readMigrations', () => {
  it('reads folders in order, with the checksums under which databases may have noted them', () => {
    const script = 'SELECT 1;\n\nSELECT 2;\n';
    const texts = {
      '2_plain': script,
      '1_windows': script.replaceAll('\n', '\r\n'),
      '3_marked': `-- rewrites: every address\n${script}`,
    };
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'migration.sql'), text);
    }
    mkdirSync(join(folder, '4_empty'));
    writeFileSync(join(folder, 'migration_lock.toml'), '');
    const checksum = sha(script);
    const checksums = [checksum, sha(texts['1_windows'])];
    expect(readMigrations(folder)).toEqual([
      { name: '1_windows', script, checksum, checksums, rewrites: undefined },
      { name: '2_plain', script, checksum, checksums, rewrites: undefined },
      { name: '3_marked', script, checksum, checksums, rewrites: 'every address' },
    ]);
  });
});

/** Statements that PostgreSQL refuses inside a transaction, or that would end it. */
const outside = /(\b(CONCURRENTLY|VACUUM|COMMIT|ROLLBACK|REINDEX|CREATE DATABASE|ALTER SYSTEM)\b|\bBEGIN\s*;)/i;

it.each(readMigrations('prisma/migrations'))(
  '$name can be carried out in one transaction, and says what it rewrites',
  ({ script, rewrites }) => {
    const statements = script.replaceAll(/--.*$/gm, '');
    expect(statements).not.toMatch(outside);
    // Its foreign keys say ON DELETE and ON UPDATE.
    expect(/^\s*(UPDATE|DELETE|INSERT)\b/m.test(statements), 'a line "-- rewrites: …" at the top').toBe(
      rewrites !== undefined,
    );
  },
);
