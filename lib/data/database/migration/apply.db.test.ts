import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Connection } from '../database.ts';
import type { Session } from '../driver/driver.ts';
import { emptyDatabase } from '../tests/empty-database.ts';
import { applyMigrations } from './apply.ts';
import { readMigrations } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

let opened: Connection;
let told: string[];

beforeAll(async () => {
  opened = await emptyDatabase();
});
beforeEach(async () => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  await opened.ownTransaction((session) => session.run('DROP SCHEMA public CASCADE; CREATE SCHEMA public'));
  told = [];
});
afterAll(() => opened.close());

function write(name: string, script: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), script);
}

const impatient = { tries: 2, lockTimeout: 20, pause: 1 };
const apply = (patience = impatient) => applyMigrations(opened, { folder, tell: (line) => told.push(line), patience });

const ask = (text: string) => opened.ownTransaction((session) => session.ask<Record<string, unknown>>(text));

it('applies what is missing, and notes it as Prisma does', async () => {
  write('1_first', 'CREATE TABLE first (id int);');
  expect(await apply()).toEqual(['1_first']);
  write('2_second', 'CREATE TABLE second (id int);\nINSERT INTO second SELECT 1;');
  expect(await apply()).toEqual(['2_second']);
  expect(await apply()).toEqual([]);
  expect(told).toEqual([]);
  const rows =
    await ask(`SELECT migration_name AS name, checksum, finished_at >= started_at AS finished, rolled_back_at,
    applied_steps_count AS steps, length(id) AS id FROM _prisma_migrations ORDER BY started_at`);
  const [first, second] = readMigrations(folder);
  const noted = { finished: true, rolled_back_at: null, steps: 1, id: 36 };
  expect(rows).toEqual([
    { name: '1_first', checksum: first?.checksum, ...noted },
    { name: '2_second', checksum: second?.checksum, ...noted },
  ]);
});

it('undoes a migration that fails as a whole, keeps those before it, and tries it anew', async () => {
  write('1_first', 'CREATE TABLE first (id int);');
  write('2_second', 'CREATE TABLE second (id int);\nSELECT nothing;');
  await expect(apply()).rejects.toThrow(
    /^Migration 2_second failed, and all of it was undone: column "nothing" does not exist\. Do what it says/,
  );
  expect(await ask(`SELECT to_regclass('first') IS NOT NULL AS first, to_regclass('second') AS second`)).toEqual([
    { first: true, second: null },
  ]);
  write('2_second', 'CREATE TABLE second (id int);');
  expect(await apply()).toEqual(['2_second']);
});

it('says before it rewrites what may be in the database, and nothing when it is new', async () => {
  write('1_first', 'CREATE TABLE first (id int);');
  write('2_second', '-- rewrites: every first\nUPDATE first SET id = 1;');
  await apply();
  expect(told).toEqual([]);
  write('3_third', '-- rewrites: every first\nUPDATE first SET id = 2;');
  await apply();
  expect(told).toEqual([
    '• Migration 3_third rewrites every first. Only a backup from before brings back what was there.',
  ]);
});

it('two at once apply each once', async () => {
  write('1_first', 'CREATE TABLE first (id int);');
  write('2_second', 'CREATE TABLE second (id int);');
  const applied = await Promise.all([apply(), apply()]);
  expect(applied.flat().sort()).toEqual(['1_first', '2_second']);
});

describe('a database of another release', () => {
  it('is refused when it has migrations that this one does not know', async () => {
    write('1_first', 'CREATE TABLE first (id int);');
    write('2_second', 'CREATE TABLE second (id int);');
    await apply();
    rmSync(join(folder, '2_second'), { recursive: true });
    await expect(apply()).rejects.toThrow('goes up to migration 1_first, and the database has 2_second.');
  });

  it('is told when a migration has another file by now, and serves', async () => {
    write('1_first', 'CREATE TABLE first (id int);');
    await apply();
    write('1_first', 'CREATE TABLE first (id bigint);');
    expect(await apply()).toEqual([]);
    expect(told).toEqual(['! The file of migration 1_first is not the one that the database has applied.']);
  });

  it('is refused when it holds something else', async () => {
    await ask('CREATE TABLE somebodys (id int)');
    await expect(apply()).rejects.toThrow('The database holds tables of something else (somebodys)');
  });
});

describe('a migration that broke off in a release that applied statements one by one', () => {
  beforeEach(async () => {
    write('1_first', 'CREATE TABLE first (id int);');
    await apply();
    write('2_second', 'CREATE TABLE second (id int);\nCREATE TABLE third (id int);');
    await ask(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('half', 'sum', '2_second')`);
  });

  it('is done again when nothing of it is there', async () => {
    expect(await apply()).toEqual(['2_second']);
    expect(told).toEqual(['• Migration 2_second broke off in an earlier start, and is done again']);
    expect(await apply()).toEqual([]);
  });

  it('is refused when a part of it is there, with what to do', async () => {
    await ask('CREATE TABLE second (id int)');
    await expect(apply()).rejects.toThrow(/already exists\. An earlier release broke off in the middle/);
    await ask('CREATE TABLE third (id int)');
    const update = `UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '2_second' AND finished_at IS NULL`;
    await expect(apply()).rejects.toThrow(`2_second/migration.sql, and then: ${update}`);
    await ask(update);
    expect(await apply()).toEqual([]);
  });
});

/** Resolves when `line` has been told. */
async function untilTold(line: string): Promise<void> {
  while (!told.some((one) => one.includes(line))) await new Promise((resolve) => setImmediate(resolve));
}

describe.runIf(inject('database').kind === 'postgres')('while others use the database', () => {
  /** Runs `work` in a transaction that stays open until the returned function is called. */
  async function hold(work: (session: Session) => Promise<unknown>): Promise<() => Promise<void>> {
    const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holding = opened.ownTransaction(async (session) => {
      await work(session);
      held.resolve();
      await released.promise;
    });
    await held.promise;
    return () => {
      released.resolve();
      return holding;
    };
  }

  it('waits for a process that migrates, and says so', async () => {
    write('1_first', 'CREATE TABLE first (id int);');
    // As a release that migrated with Prisma's engine locks.
    const release = await hold((session) => session.ask('SELECT pg_advisory_lock(72707369)'));
    const applying = apply();
    await untilTold('Another process is bringing the database up to date; waiting for it');
    await release();
    expect(await applying).toEqual(['1_first']);
  });

  it('tries again when it does not get a table, and gives up in the end', async () => {
    write('1_first', 'CREATE TABLE first (id int);');
    await apply();
    write('2_second', 'CREATE TABLE second (id int);\nALTER TABLE first ADD COLUMN more int;');
    const release = await hold((session) => session.run('LOCK TABLE first IN ACCESS SHARE MODE'));
    await expect(apply()).rejects.toThrow('Migration 2_second did not get the tables that it changes');
    const applying = apply({ tries: 1000, lockTimeout: 20, pause: 1 });
    await untilTold('Migration 2_second waits for other work in the database to end');
    await release();
    expect(await applying).toEqual(['2_second']);
  });
});

/** Splits as the releases did that applied statements one by one. */
const statementsOf = (script: string) => script.split(';').map((one) => one.replaceAll(/^--.*$/gm, '').trim());

it('every migration of such a release fails from its first statement on when that is there, so that trying is safe', async () => {
  cpSync('prisma/migrations', folder, { recursive: true });
  const repeatable: string[] = [];
  const watched: Pick<Connection, 'ownTransaction'> = {
    ownTransaction: (work) =>
      opened.ownTransaction((session) =>
        work({
          ...session,
          run: async (script) => {
            await session.run(script);
            const [first = '', ...others] = statementsOf(script).filter(Boolean);
            await session.run('SAVEPOINT again');
            const again = session.run(first).then(() => repeatable.push(first) && others.length > 0);
            expect(await again.catch(() => false), first).toBe(false);
            await session.run('ROLLBACK TO SAVEPOINT again');
          },
        }),
      ),
  };
  const applied = await applyMigrations(watched, { folder });
  expect(applied.length).toBeGreaterThan(15);
  expect(repeatable).toEqual(['ALTER TABLE "sandbox" ALTER COLUMN "orchestrate_scope" SET DEFAULT true']);
});
