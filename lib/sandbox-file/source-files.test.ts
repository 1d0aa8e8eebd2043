import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSourceFiles } from './source-files.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'source-files-')));
const folder = join(root, 'ward');
const secret = join(root, 'shadow.json');

beforeAll(() => {
  mkdirSync(join(folder, 'synthea/more'), { recursive: true });
  writeFileSync(secret, 'root:$6$salt$hash');
  for (const name of ['a.json', 'synthea/b.json']) writeFileSync(join(folder, name), '{}');
  symlinkSync(secret, join(folder, 'link.json'));
  symlinkSync(root, join(folder, 'up'));
  symlinkSync(join(folder, 'a.json'), join(folder, 'near.json'));
  symlinkSync(join(root, 'nowhere'), join(folder, 'dangling.json'));
});
afterAll(() => rmSync(root, { recursive: true }));

const find = (pattern: string, outside?: boolean) => {
  const found = findSourceFiles(pattern, { sandboxFile: join(folder, 'ward.json'), outside });
  return Array.isArray(found) ? found.map((path) => path.slice(root.length + 1)) : found.fault;
};

it.each([
  ['a.json', ['ward/a.json']],
  ['synthea/*.json', ['ward/synthea/b.json']],
  ['near.json', ['ward/near.json']],
  ['absent.json', 'absent'],
  ['/etc/shadow', 'outside'],
  ['/nowhere/at/all', 'outside'],
  [secret, 'outside'],
  ['../shadow.json', 'outside'],
  ['../ward/a.json', 'outside'],
  ['synthea/../../shadow.json', 'outside'],
  ['..\\shadow.json', 'outside'],
  ['{..,synthea}/*.json', 'outside'],
  ['link.json', 'outside'],
  ['l*.json', 'outside'],
  ['up/shadow.json', 'outside'],
  ['dangling.json', 'unreadable'],
  ['synthea/*', 'unreadable'],
  ['synthea', 'unreadable'],
])('finds by %s: %j', (pattern, found) => expect(find(pattern)).toEqual(found));

it.each([
  [secret, ['shadow.json']],
  ['../shadow.json', ['shadow.json']],
  ['link.json', ['ward/link.json']],
  ['/dev/null', 'unreadable'],
])('finds by %s, where it may lead out: %j', (pattern, found) => expect(find(pattern, true)).toEqual(found));
