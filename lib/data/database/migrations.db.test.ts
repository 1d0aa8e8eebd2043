import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { connectEmbedded } from './database.ts';
import { diffSchema } from './migrations.ts';
import { query, sql } from './sql.ts';

it('leaves nothing to do for a new migration: the schema says what the migrations make', async () => {
  const { adapter, close } = connectEmbedded();
  const difference = await diffSchema(adapter, readFileSync('prisma/schema.prisma', 'utf8'));
  await close();
  expect(difference.trim()).toBe('-- This is an empty migration.');
});

it('indexes texts for the search by prefix, which the schema does not say', async () => {
  const [index] = await query<{ definition: string }>(sql`
    SELECT indexdef AS definition FROM pg_indexes
    WHERE indexname = 'string_index_sandbox_id_resource_type_parameter_value_resou_idx'`);
  expect(index?.definition).toContain('value text_pattern_ops');
});
