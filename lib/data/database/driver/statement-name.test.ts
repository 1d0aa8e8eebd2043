import { beforeEach, expect, it, vi } from 'vitest';

/** The module as each process loads it. */
const ofNewProcess = () => import('./statement-name.ts');

beforeEach(() => vi.resetModules());

it('names a text the same in every process, whatever it has named before', async () => {
  const texts = ['SELECT 1', 'SELECT 2', 'SELECT 3'];
  const { statementName } = await ofNewProcess();
  const names = texts.map(statementName);
  expect(new Set(names)).toHaveLength(3);
  vi.resetModules();
  const other = await ofNewProcess();
  expect(texts.reverse().map(other.statementName)).toEqual(names.reverse());
});

it('gives a text that was forgotten another name, which no other text has, and that PostgreSQL takes as it is', async () => {
  const { statementName, forgetStatement } = await ofNewProcess();
  const names = ['SELECT 1', 'SELECT 1', 'SELECT 2', 'SELECT 1'].map((text) => {
    const name = statementName(text) ?? '';
    forgetStatement(text);
    return name;
  });
  expect(new Set(names)).toHaveLength(4);
  for (const name of names) expect(name).toMatch(/^\w{1,63}$/);
});

it('names no more than five hundred texts', async () => {
  const { statementName } = await ofNewProcess();
  const names = Array.from({ length: 501 }, (_, at) => statementName(`SELECT ${at}`));
  expect(names.filter(Boolean)).toHaveLength(500);
});
