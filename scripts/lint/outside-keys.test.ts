/** What comes from outside finds in a plain object also what every object has: `constructor`, `__proto__`, `toString`. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = globSync('{app,components,lib}/**/*.{ts,tsx}', { exclude: (name) => /test|generated/.test(name) });

/** Plain objects that text looks into: tables with keys of the type string that are read by a variable. */
function tablesReadByText(source: string): string[] {
  const tables = [...source.matchAll(/^(?:export )?const (\w+): (?:\w+<)*Record<string,[^=]*= \{/gm)];
  return tables
    .map(([, name = '']) => name)
    .filter(
      (name) => new RegExp(`\\b${name}\\[(?!['"\\d])`).test(source) && !source.includes(`Object.hasOwn(${name}, `),
    );
}

it.each([
  ["const words: Record<string, string> = { a: 'b' };\nwords[text];", ['words']],
  ['const words: Readonly<Record<string, Word>> = {};\nwords[text];', ['words']],
  ["const words: Record<string, string> = {};\nwords['a'];", []],
  ['const words: Record<string, string> = {};\nif (Object.hasOwn(words, text)) words[text];', []],
  ["const words: Record<'a', string> = {};\nwords[text];", []],
  ['const words = new Map<string, string>([]);\nwords.get(text);', []],
])('%j', (source, found) => expect(tablesReadByText(source)).toEqual(found));

it('tables that text looks into are Maps, or are asked for what is their own', () => {
  expect(files.length).toBeGreaterThan(600);
  const found = files.flatMap((file) => tablesReadByText(readFileSync(file, 'utf8')).map((name) => `${file}: ${name}`));
  expect(found).toEqual([]);
});

it('nothing that is sent is taken for a key by a cast', () => {
  const cast = /\b\w+\[\w+ as (?!Coding)[\w.]+\]/;
  const found = files.filter((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .some((line) => cast.test(line) && !line.includes('Object.hasOwn(')),
  );
  expect(found).toEqual([]);
});
