import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { log } from '#lib/log/log.ts';
import { database } from './database.ts';
import { execute, lookUp, name, query, type Sql, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

const postgres = inject('database').kind === 'postgres';

/** One value of each column type: a difference between the two ways to the database would go unnoticed otherwise. */
const columns: [type: string, column: Sql, value: unknown][] = [
  ['int', sql`42`, 42],
  ['bigint', sql`9007199254740993::bigint`, 9007199254740993n],
  ['count', sql`count(*)`, 1n],
  ['float', sql`0.5::float8`, 0.5],
  ['boolean', sql`true`, true],
  ['text', sql`'Ä|"\\'::text`, 'Ä|"\\'],
  ['null', sql`null::text`, null],
  ['timestamptz', sql`'2026-03-01T02:00:00.123+02'::timestamptz`, new Date('2026-03-01T00:00:00.123Z')],
  ['timestamptz of whole seconds', sql`'2026-03-01T02:00:00Z'::timestamptz`, new Date('2026-03-01T02:00:00Z')],
  ['timestamp', sql`'2026-03-01 02:00:00'::timestamp`, new Date('2026-03-01T02:00:00Z')],
  ['date', sql`'2026-03-01'::date`, new Date('2026-03-01T00:00:00Z')],
  ['json', sql`'{"a":[1,"2"]}'::json`, { a: [1, '2'] }],
  ['jsonb', sql`'{"a":[1,"2"]}'::jsonb`, { a: [1, '2'] }],
  ['text[]', sql`ARRAY['a', 'b,"c', NULL]`, ['a', 'b,"c', null]],
  ['int[]', sql`ARRAY[1, 2]`, [1, 2]],
  ['bool[]', sql`ARRAY[true, false]`, [true, false]],
];

describe('a column is the same value in a statement and in a transaction', () => {
  it.each(columns)('%s', async (_, column, value) => {
    const statement = sql`SELECT ${column} AS value`;
    expect(await query(statement)).toEqual([{ value }]);
    expect(await lookUp(statement)).toEqual([{ value }]);
    expect(await inTransaction(() => query(statement))).toEqual([{ value }]);
  });

  it('numeric, which keeps every digit', async () => {
    const statement = sql`SELECT 0.1234567890123456789::numeric AS value`;
    const asking = () => query<{ value: unknown }>(statement);
    for (const [row] of [await asking(), await inTransaction(asking)]) {
      expect(String(row?.value)).toBe('0.1234567890123456789');
      expect(row?.value).toHaveProperty('toFixed');
    }
  });

  it('an array that the drivers read in different ways is refused', async () => {
    await expect(query(sql`SELECT ARRAY[now()] AS value`)).rejects.toThrow('select the array as text[]');
  });
});

describe('a parameter arrives the same from a statement and from a transaction', () => {
  const instant = new Date('2026-07-01T12:00:00.007Z');
  it.each<[type: string, column: Sql, text: string]>([
    ['text', sql`${'a\'b"c\\d'}::text`, 'a\'b"c\\d'],
    ['int', sql`(${41}::int + 1)`, '42'],
    ['boolean', sql`${true}::boolean`, 'true'],
    ['null', sql`coalesce(${null}::text, 'none')`, 'none'],
    ['text[]', sql`array_to_string(${['a', 'b,"c', '{}', '\\']}::text[], '|')`, 'a|b,"c|{}|\\'],
    ['bigint[] as texts', sql`(${['9007199254740993']}::bigint[])[1]`, '9007199254740993'],
    [
      'timestamptz',
      sql`to_char(${instant}::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')`,
      '2026-07-01 12:00:00.007',
    ],
  ])('%s', async (_, column, text) => {
    const statement = sql`SELECT (${column})::text AS value`;
    expect(await query(statement)).toEqual([{ value: text }]);
    expect(await inTransaction(() => query(statement))).toEqual([{ value: text }]);
  });
});

describe('a statement that fails', () => {
  it.each<[what: string, statement: Sql, code: string]>([
    ['a NUL character', sql`SELECT ${'secret\0'}::text`, '22021'],
    ['a wrong cast', sql`SELECT ${'secret'}::text::bytea::text::int`, '22P02'],
    ['a row that breaks a constraint', sql`INSERT INTO secret (name, value) VALUES ('twice', ${'secret'})`, '23505'],
  ])('is an error with its SQLSTATE, without parameters and rows: %s', async (_, statement, code) => {
    await execute(sql`INSERT INTO secret (name, value) VALUES ('twice', '') ON CONFLICT DO NOTHING`);
    const thrown: unknown = await query(statement).catch((error) => error);
    expect(thrown).toMatchObject({ name: 'StatementError', code });
    expect(Object.keys(thrown as object).sort()).toEqual(['code', 'name']);
  });

  it('leaves the connection usable', async () => {
    await expect(lookUp(sql`SELECT ${'x'}::text::int`)).rejects.toThrow();
    expect(await lookUp(sql`SELECT ${'7'}::text::int AS value`)).toEqual([{ value: 7 }]);
  });
});

describe('a kept plan', () => {
  beforeAll(async () => {
    await execute(sql`CREATE TABLE kept (tenant int, value text)`);
    await execute(sql`INSERT INTO kept VALUES (1, 'one'), (2, 'two')`);
  });
  afterAll(() => execute(sql`DROP TABLE kept`));
  const kept = (tenant: number, table = 'kept') =>
    lookUp(sql`SELECT * FROM ${name(table)} WHERE tenant = ${tenant}::int`);

  it('holds no values: each tenant gets its own rows', async () => {
    // After five executions PostgreSQL may choose one plan for all values.
    for (let time = 0; time < 8; time += 1) {
      expect(await kept(1)).toEqual([{ tenant: 1, value: 'one' }]);
      expect(await kept(2)).toEqual([{ tenant: 2, value: 'two' }]);
      expect(await kept(3)).toEqual([]);
    }
  });

  it.runIf(postgres)('is kept by the server under one name for each text', async () => {
    const plans = await query<{ statement: string; uses: bigint }>(
      sql`SELECT statement, generic_plans + custom_plans AS uses FROM pg_prepared_statements WHERE statement LIKE '%FROM kept%'`,
    );
    expect(new Set(plans.map(({ statement }) => statement))).toHaveLength(1);
    expect(Number(plans[0]?.uses)).toBeGreaterThan(5);
  });

  it('is made again when the table has changed', async () => {
    await execute(sql`ALTER TABLE kept ADD COLUMN more int DEFAULT 5`);
    expect(await kept(1)).toEqual([{ tenant: 1, value: 'one', more: 5 }]);
    expect(await kept(2)).toEqual([{ tenant: 2, value: 'two', more: 5 }]);
  });
});

it.runIf(postgres)('a lost connection is replaced by one that speaks of instants in UTC too', async () => {
  const logged = vi.spyOn(log, 'warn').mockImplementation(() => {});
  const [row] = await query<{ name: string }>(sql`SELECT current_database() AS name`);
  await execute(sql`ALTER DATABASE ${name(row?.name ?? '')} SET TimeZone TO 'Asia/Kolkata'`);
  await Promise.all(Array.from({ length: 5 }, () => query(sql`SELECT pg_sleep(0.01)`)));
  await database().$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  await vi.waitFor(async () => expect(await query(sql`SELECT 1 AS value`)).toEqual([{ value: 1 }]));
  const zone = () => query(sql`SHOW TimeZone`);
  expect(await zone()).toEqual([{ TimeZone: 'UTC' }]);
  expect(await inTransaction(zone)).toEqual([{ TimeZone: 'UTC' }]);
  logged.mockRestore();
});
