import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type SharedDatabase, sharedDatabase } from '../tests/empty-database.ts';
import { runProcess } from '../tests/run-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'interrupted-'));
let database: SharedDatabase;

beforeAll(async () => {
  const scripts = {
    '1_begin': 'CREATE TABLE one (id int);\nINSERT INTO one VALUES (1);',
    '2_go_on': '-- rewrites: every one\nCREATE TABLE two (id int);\nUPDATE one SET id = id + 1;\n-- done',
    '3_end': 'CREATE TABLE three (id int);',
  };
  for (const [name, script] of Object.entries(scripts)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'migration.sql'), script);
  }
  database = await sharedDatabase();
});

afterAll(() => {
  database.remove();
  rmSync(folder, { recursive: true });
});

function migrate(...killedBefore: string[]) {
  const script = 'lib/data/database/migration/tests/migrating-process.ts';
  return runProcess(script, [folder, ...killedBefore], database.variables);
}

/** Processes take seconds to start, and longer on a machine that is busy. */
const patience = 240_000;

it(
  'goes on where a killed process was, and does nothing twice and nothing by halves',
  async () => {
    const noted = 'after 2_go_on INSERT INTO _prisma_migrations';
    // Before a script, between it and its note, and before both are committed.
    const moments = ['CREATE TABLE two', '2_go_on UPDATE _prisma_migrations', noted];
    const tried = inject('database').kind === 'postgres' ? moments : [noted];
    for (const moment of tried) expect((await migrate(moment)).signal).toBe('SIGKILL');
    const { code, printed } = await migrate();
    expect(code).toBe(0);
    expect(printed.split('\n').slice(0, 2)).toEqual([
      '• Migration 2_go_on rewrites every one. Only a backup from before brings back what was there.',
      'applied 2_go_on, 3_end',
    ]);
    const { ownTransaction, close } = database.open();
    const [found] = await ownTransaction((session) =>
      session.ask(`SELECT ARRAY(SELECT id::text FROM one) AS ones, (SELECT count(*)::int FROM two) AS twos,
        (SELECT count(*)::int FROM _prisma_migrations) AS notes`),
    );
    await close();
    expect(found).toEqual({ ones: ['2'], twos: 0, notes: 3 });
  },
  patience,
);
