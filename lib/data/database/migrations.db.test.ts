import { readFileSync } from 'node:fs';
import { expect, inject, it } from 'vitest';
import { connectEmbedded, connection } from './database.ts';
import { applyMigrations, diffSchema } from './migrations.ts';
import { query, sql } from './sql.ts';

// It compares on the embedded database, whatever the tests run on.
it.runIf(inject('database').kind === 'pglite')(
  'leaves nothing to do for a new migration: the schema says what the migrations make',
  async () => {
    const { adapter, close } = connectEmbedded();
    const difference = await diffSchema(adapter, readFileSync('prisma/schema.prisma', 'utf8'));
    await close();
    expect(difference.trim()).toBe('-- This is an empty migration.');
  },
);

it('indexes texts for the search by prefix, which the schema does not say', async () => {
  const [index] = await query<{ definition: string }>(sql`
    SELECT indexdef AS definition FROM pg_indexes
    WHERE indexname = 'string_index_sandbox_id_resource_type_parameter_value_resou_idx'`);
  expect(index?.definition).toContain('value text_pattern_ops');
});

it('leaves no timer running, for which a command would have to wait before it ends', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  expect(await applyMigrations(connection().adapter)).toEqual([]);
  expect(timers()).toBeLessThanOrEqual(before);
});
