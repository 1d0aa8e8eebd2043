/** What whoever starts the server reads when files of the embedded database are damaged, and that nothing is lost by it. */
import { hash } from 'node:crypto';
import { cpSync, mkdtempSync, openAsBlob, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openEmbedded } from './pglite.ts';

const given = inject('database');

describe.runIf(given.kind === 'pglite')('the embedded database', () => {
  let parent: string;
  const folderOf = (name: string) => join(parent, name);

  beforeAll(async () => {
    parent = mkdtempSync(join(tmpdir(), 'damage-'));
    const snapshot = given.kind === 'pglite' ? await openAsBlob(given.snapshot) : undefined;
    const made = openEmbedded({ folder: folderOf('whole'), snapshot });
    await made.driver.send({ text: `INSERT INTO secret VALUES ('a', 'b')`, values: [], prepared: false });
    await made.close();
  });
  afterAll(() => rmSync(parent, { recursive: true }));

  async function secrets(name: string): Promise<unknown> {
    const { driver, close } = openEmbedded({ folder: folderOf(name) });
    try {
      return (await driver.send({ text: 'SELECT name FROM secret', values: [], prepared: false })).rows;
    } finally {
      await close().catch(() => {});
    }
  }

  /** The digest of each file. */
  function contentsOf(folder: string): Record<string, string> {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const paths = files.map(({ parentPath, name }) => join(parentPath, name));
    return Object.fromEntries(paths.map((path) => [path, hash('sha256', readFileSync(path))]));
  }

  const damages: Record<string, (postgres: string) => void> = {
    'a file that was cut off': (postgres) => truncateSync(join(postgres, 'global/pg_control'), 100),
    'a missing log': (postgres) => rmSync(join(postgres, 'pg_wal'), { recursive: true }),
    'a missing mark': (postgres) => rmSync(join(postgres, 'PG_VERSION')),
  };

  it.each(Object.entries(damages))('with %s says which folder, and what to do', async (what, damage) => {
    cpSync(folderOf('whole'), folderOf(what), { recursive: true });
    damage(join(folderOf(what), 'postgres'));
    const before = contentsOf(join(folderOf(what), 'postgres'));
    const told = await secrets(what).then(String, String);
    expect(told).toContain(join(folderOf(what), 'postgres'));
    expect(told).toContain('put a backup in its place');
    // Other files may have been added, such as one that names the process.
    expect(contentsOf(join(folderOf(what), 'postgres'))).toMatchObject(before);
  });

  it('is whole again once a copy stands in its place', async () => {
    const what = 'a file that was cut off';
    rmSync(folderOf(what), { recursive: true, force: true });
    cpSync(folderOf('whole'), folderOf(what), { recursive: true });
    expect(await secrets(what)).toEqual([{ name: 'a' }]);
  });
});
