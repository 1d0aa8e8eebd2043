import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { countByType } from '#lib/data/resource/counts.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { storeDeletions } from '#lib/data/resource/versions.ts';
import { ndjsonOf } from '#lib/export/ndjson.ts';
import { writeFolder } from '#lib/export/write-folder.ts';
import { findDataFiles } from '#lib/import/data-files.ts';
import { runImport } from '#lib/import/run-import.ts';
import { writeSyntheaFolder } from './folder.ts';

const root = mkdtempSync(join(tmpdir(), 'ehr-sandbox-export-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let from: number;
let to: number;
beforeAll(async () => {
  ({ id: from } = await database().sandbox.create({ data: { slug: 'from', name: 'From' } }));
  ({ id: to } = await database().sandbox.create({ data: { slug: 'to', name: 'To' } }));
  const { id: other } = await database().sandbox.create({ data: { slug: 'other', name: 'Other' } });
  writeSyntheaFolder(join(root, 'in'), { bundles: 6, resourcesPerBundle: 150 });
  await runImport(from, findDataFiles([join(root, 'in')]));
  const odd = { text: 'line\nbreak \u2028 "quoted" \\ ünïcödé' };
  await putResources(from, [
    { resourceType: 'Patient', id: 'odd', name: [odd] } as never,
    { resourceType: 'Patient', id: 'gone' } as never,
  ]);
  const gone = await database().resource.findFirstOrThrow({ where: { sandboxId: from, id: 'gone' } });
  await inTransaction(() => storeDeletions([String(gone.key)], new Date()));
  await putResources(other, [{ resourceType: 'Patient', id: 'foreign' } as never]);
});

/** All resources of a sandbox with their index rows, but without versions and times. */
async function contentsOf(sandboxId: number): Promise<string[]> {
  const rows = await database().resource.findMany({
    where: { sandboxId, deleted: false },
    include: { tokens: true, strings: true, dates: true, quantities: true, references: true, positions: true },
  });
  return rows
    .map(({ content, digest, patients, tokens, strings, dates, quantities, references, positions }) => {
      const { meta, ...elements } = JSON.parse(content);
      const { versionId: _v, lastUpdated: _l, ...kept } = meta;
      const counts = [tokens, strings, dates, quantities, references, positions].map(({ length }) => length);
      return JSON.stringify({ elements, kept, digest, counts, patients: patients.map((one) => one.split('/')[1]) });
    })
    .sort();
}

describe('what was exported', () => {
  it('is one file for each type, and imports into an empty sandbox as the same', async () => {
    const types = await countByType(from);
    const total = types.reduce((sum, { count }) => sum + count, 0);
    const seen: number[] = [];
    expect(await writeFolder(from, types, join(root, 'out'), (written) => seen.push(written))).toBe(total);
    expect(seen.at(-1)).toBe(total);
    expect(readdirSync(join(root, 'out')).sort()).toEqual(types.map(({ resourceType }) => `${resourceType}.ndjson`));
    const patients = readFileSync(join(root, 'out/Patient.ndjson'), 'utf8').trimEnd().split('\n');
    expect(patients.map((line) => JSON.parse(line).id)).toContain('odd');
    expect(patients.map((line) => JSON.parse(line).id)).not.toContain('gone');
    expect(patients.map((line) => JSON.parse(line).id)).not.toContain('foreign');
    expect(await runImport(to, findDataFiles([join(root, 'out')]))).toMatchObject({ created: total, problems: [] });
    expect(await contentsOf(to)).toEqual(await contentsOf(from));
  });

  it('is the same in one piece, as the page answers it', async () => {
    const lines: string[] = [];
    for await (const chunk of ndjsonOf(from, await countByType(from)))
      lines.push(...Buffer.from(chunk).toString().trimEnd().split('\n'));
    expect(lines).toHaveLength((await contentsOf(from)).length);
    expect(lines.every((line) => typeof JSON.parse(line).resourceType === 'string')).toBe(true);
  });
});
