/** Nothing grows for ever: every table is swept by a rule, or lives as long as something that people delete. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEnv } from '#lib/env.ts';
import { sweepRules } from './rules.ts';

const owned = 'goes with its owner, by cascade';

/** The tables without a rule, and why they need none. */
const unswept: Record<string, string> = {
  secret: 'one row for each name in the sources',
  lease: 'one row for each name in the sources',
  sandbox: 'until an administrator deletes it; what is left of a deleted one is purged by the work on sandboxes',
  user: 'until the last sandbox is deleted that the account belongs to',
  sandbox_filling: owned,
  membership: owned,
  launch_scenario: owned,
  consent: owned,
  cds_service: owned,
  resource: owned,
  index_state: owned,
  imported_part: owned,
  token_index: owned,
  string_index: owned,
  date_index: owned,
  quantity_index: owned,
  reference_index: owned,
  position_index: owned,
};

const schema = readFileSync('prisma/schema.prisma', 'utf8');
const models = [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)\n\}/gm)].map(([, body = '']) => ({
  table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '',
  cascades: /onDelete: Cascade/.test(body),
}));
const swept = sweepRules.flatMap(({ tables }) => tables);

it('reads the tables of the schema', () => expect(models.length).toBeGreaterThan(25));

it.each(models)('$table has a rule, or a reason why it needs none', ({ table, cascades }) => {
  expect(Number(swept.includes(table)) + Number(table in unswept)).toBe(1);
  if (unswept[table] === owned) expect(cascades).toBe(true);
});

it('has no rule or reason for a table that is not there', () => {
  const tables = models.map(({ table }) => table);
  expect([...swept, ...Object.keys(unswept)].filter((table) => !tables.includes(table))).toEqual([]);
});

describe.each(sweepRules)('$what', ({ what, kept }) => {
  it('stands in the paper for operators with the time that it is kept by default', () => {
    const row = new RegExp(`^\\| ${what} +\\| ${kept(parseEnv({}).retention)} +\\|`, 'm');
    expect(readFileSync('docs/operating.md', 'utf8')).toMatch(row);
  });
});
