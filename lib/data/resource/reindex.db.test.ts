import type { Resource } from 'fhir/r4';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { indexVersion } from '#lib/fhir/index/version.ts';
import { database } from '../database/database.ts';
import { execute, query, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { noteIndexed, sandboxesToReindex } from './index-state.ts';
import { reindexSandbox } from './reindex.ts';
import { putResources } from './resources.ts';

const patient = (id: string): Resource =>
  ({ resourceType: 'Patient', id, name: [{ family: `Chalmers ${id}` }] }) as Resource;
const observation = (id: string, subject: string) =>
  ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'Pulse', coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { reference: `Patient/${subject}` },
    effectiveDateTime: '2026-01-01',
    valueQuantity: { value: 70, system: 'http://unitsofmeasure.org', code: '/min' },
  }) as Resource;

const tables = ['token_index', 'string_index', 'date_index', 'quantity_index', 'reference_index', 'position_index'];
let sandboxId: number;
let slug: string;
let before: unknown[];

/** All index rows and compartments of the sandbox's resources. */
async function everythingOf(id = sandboxId): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const table of tables) {
    const text = `SELECT '${table}' AS t, r.id, r.patients, to_jsonb(i) - 'resource_key' AS row FROM ${table} i
      JOIN resource r ON r.key = i.resource_key WHERE i.sandbox_id = $1 ORDER BY r.id, (to_jsonb(i) - 'resource_key')::text`;
    found.push(...(await database().$queryRawUnsafe<unknown[]>(text, id)));
  }
  return found;
}

/** Leaves the rows as an earlier release with fewer search parameters would have written them. */
async function forget(id = sandboxId): Promise<void> {
  await execute(sql`DELETE FROM index_state WHERE sandbox_id = ${id}::int`);
  await execute(sql`DELETE FROM string_index WHERE sandbox_id = ${id}::int`);
  await execute(sql`DELETE FROM token_index WHERE sandbox_id = ${id}::int AND parameter LIKE '%$%'`);
  await execute(sql`UPDATE token_index SET code = 'wrong' WHERE sandbox_id = ${id}::int AND parameter = 'code'`);
  await execute(sql`UPDATE resource SET patients = '{}' WHERE sandbox_id = ${id}::int`);
}

const behind = async () => (await sandboxesToReindex()).some(({ id }) => id === sandboxId);
const cursorOf = async () =>
  (await query<{ cursor: number }>(sql`SELECT cursor::int FROM index_state WHERE sandbox_id = ${sandboxId}::int`))[0]
    ?.cursor;

beforeEach(async () => {
  slug = `s${crypto.randomUUID().slice(0, 8)}`;
  ({ id: sandboxId } = await database().sandbox.create({ data: { slug, name: slug } }));
  const numbers = Array.from({ length: 450 }, (_, index) => String(index));
  await putResources(sandboxId, [...numbers.map(patient), ...numbers.map((id) => observation(`o${id}`, id))]);
  before = await everythingOf();
  await forget();
});

describe('reindexSandbox', () => {
  it('writes index rows and compartments anew, and reports its progress', async () => {
    expect(await behind()).toBe(true);
    expect(await everythingOf()).not.toEqual(before);
    const reported: number[][] = [];
    await reindexSandbox(sandboxId, (...progress) => reported.push(progress));
    expect(await everythingOf()).toEqual(before);
    expect(reported.at(0)).toEqual([200, 900]);
    expect(reported.at(-1)).toEqual([900, 900]);
    expect(await behind()).toBe(false);
  });

  it('leaves the versions of the resources alone', async () => {
    const versions = () =>
      query(
        sql`SELECT id, version_id, last_updated, content, digest FROM resource WHERE sandbox_id = ${sandboxId}::int ORDER BY key`,
      );
    const were = await versions();
    await reindexSandbox(sandboxId);
    expect(await versions()).toEqual(were);
  });

  it('continues where it was interrupted', async () => {
    let batches = 0;
    const killed = reindexSandbox(sandboxId, () => {
      if (++batches === 2) throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await behind()).toBe(true);
    const reached = await cursorOf();
    // Resources that were done are not done again: a mark on their rows stays.
    await execute(sql`UPDATE string_index SET exact = 'mark' WHERE sandbox_id = ${sandboxId}::int`);
    const reported: number[][] = [];
    await reindexSandbox(sandboxId, (...progress) => reported.push(progress));
    expect(reported.at(-1)).toEqual([500, 500]);
    const marked = await query<{ key: number }>(
      sql`SELECT DISTINCT resource_key::int AS key FROM string_index WHERE sandbox_id = ${sandboxId}::int AND exact = 'mark'`,
    );
    expect(marked).toHaveLength(400);
    expect(Math.max(...marked.map(({ key }) => key))).toBe(reached);
  });

  it('repeats a batch that failed', async () => {
    await execute(sql`UPDATE resource SET content = '{' WHERE sandbox_id = ${sandboxId}::int AND id = '250'`);
    await expect(reindexSandbox(sandboxId)).rejects.toThrow();
    const tokens = await query(
      sql`SELECT 1 FROM token_index WHERE sandbox_id = ${sandboxId}::int AND resource_type = 'Observation'`,
    );
    expect(tokens.length).toBeGreaterThan(0);
    await execute(
      sql`UPDATE resource SET content = '{"resourceType":"Patient","id":"250"}' WHERE sandbox_id = ${sandboxId}::int AND id = '250'`,
    );
    await reindexSandbox(sandboxId);
    expect(await behind()).toBe(false);
  });

  it('is shared by several processes', async () => {
    const done = [0, 0, 0];
    await Promise.all(
      done.map((_, index) =>
        reindexSandbox(sandboxId, (count) => {
          done[index] = count;
        }),
      ),
    );
    expect(await everythingOf()).toEqual(before);
    expect(await behind()).toBe(false);
  });

  it('begins again for another version, and only then', async () => {
    await reindexSandbox(sandboxId);
    const reported: number[] = [];
    await reindexSandbox(sandboxId, (count) => reported.push(count));
    expect(reported).toEqual([]);
    expect(await sandboxesToReindex(indexVersion + 1)).toContainEqual({ id: sandboxId, slug });
    await reindexSandbox(sandboxId, (count) => reported.push(count), indexVersion + 1);
    expect(reported.at(-1)).toBe(900);
  });

  it('skips deleted resources', async () => {
    await execute(
      sql`UPDATE resource SET deleted = true, content = '' WHERE sandbox_id = ${sandboxId}::int AND id = '7'`,
    );
    await reindexSandbox(sandboxId);
    expect(await behind()).toBe(false);
  });

  it('waits for a resource that is being written, and indexes the result', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const writing = inTransaction(async () => {
      await putResources(sandboxId, [{ ...patient('300'), active: true } as Resource]);
      await held;
    });
    // The embedded database runs one transaction after the other.
    if (inject('database').kind === 'pglite') release();
    const reindexing = reindexSandbox(sandboxId, (done) => done >= 200 && release());
    await Promise.all([writing, reindexing]);
    expect(await behind()).toBe(false);
    const active = await query(
      sql`SELECT 1 FROM token_index WHERE sandbox_id = ${sandboxId}::int AND parameter = 'active'`,
    );
    expect(active).toHaveLength(1);
  });

  it('is not needed for a new sandbox', async () => {
    const other = await database().sandbox.create({ data: { slug: `${slug}-b`, name: 'b' } });
    await inTransaction(() => noteIndexed(other.id));
    expect((await sandboxesToReindex()).map(({ id }) => id)).not.toContain(other.id);
  });
});
