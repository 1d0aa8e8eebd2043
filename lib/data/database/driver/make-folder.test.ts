import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

const base = mkdtempSync(join(tmpdir(), 'make-folder-'));
afterAll(() => rmSync(base, { recursive: true }));

it('makes a folder with those that it lies in, and leaves one that is there', () => {
  const folder = join(base, 'a/b/c');
  for (const _ of ['new', 'there']) makeFolder(folder, 0o700);
  expect([folder, join(base, 'a')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
});

it('refuses a place that is a file, or lies in one', () => {
  writeFileSync(join(base, 'file'), '');
  expect(() => makeFolder(join(base, 'file'))).toThrow('EEXIST');
  expect(() => makeFolder(join(base, 'file/a/b'))).toThrow('ENOTDIR');
});

it.runIf(process.platform === 'linux')('refuses a place that takes no folders, instead of trying for ever', () => {
  expect(() => makeFolder('/proc/nope')).toThrow('ENOENT');
  expect(() => makeFolder('/proc/nope/inner')).toThrow('ENOENT');
});
