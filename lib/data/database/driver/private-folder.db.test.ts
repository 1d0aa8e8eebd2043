import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { openEmbedded } from './pglite.ts';
import { keepFolderPrivate, keepTreePrivate } from './private-folder.ts';

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'private-folder-'));
  folder = join(parent, 'data');
});
afterEach(() => rmSync(parent, { recursive: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** Everything below the parent that others than its owner can use. */
const openTo = () =>
  readdirSync(parent, { recursive: true, encoding: 'utf8' }).filter(
    (name) => (statSync(join(parent, name)).mode & 0o077) !== 0,
  );

describe('a folder', () => {
  it('is made for its owner, and one that exists becomes so, with all that is in it', () => {
    keepTreePrivate(folder);
    expect(modeOf(folder)).toBe('700');
    mkdirSync(join(folder, 'base/5'), { recursive: true });
    for (const name of ['PG_VERSION', 'base/5/1259']) writeFileSync(join(folder, name), '', { mode: 0o666 });
    for (const name of ['', 'base', 'base/5']) chmodSync(join(folder, name), 0o777);
    keepTreePrivate(folder);
    expect(openTo()).toEqual([]);
    expect(modeOf(join(folder, 'PG_VERSION'))).toBe('600');
  });

  it('is left alone when it may be everybody’s, and nothing is reached through a link', () => {
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'somebody’s'), '', { mode: 0o644 });
    keepFolderPrivate(folder, ['lock']);
    expect(modeOf(folder)).toBe('755');
    const tree = join(parent, 'tree');
    mkdirSync(tree);
    symlinkSync(join(folder, 'somebody’s'), join(tree, 'link'));
    keepTreePrivate(tree);
    expect(modeOf(join(folder, 'somebody’s'))).toBe('644');
  });
});

describe.runIf(inject('database').kind === 'pglite')('the embedded database', () => {
  it('is its owner’s alone, when it is made and when it is opened again', async () => {
    for (const table of ['made_first', 'made_later']) {
      const { pglite, close } = openEmbedded({ folder });
      await pglite.query(`CREATE TABLE ${table} AS SELECT generate_series(1, 1000)`);
      expect(modeOf(folder)).toBe('700');
      expect(openTo()).toEqual([]);
      await close();
      expect(openTo()).toEqual([]);
      leaveAsBefore();
    }
  }, 60_000);
});

/** Gives folders and files the modes that an earlier release left. */
function leaveAsBefore(): void {
  for (const entry of readdirSync(parent, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}
