import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { stateOfData } from './digest.ts';

const folder = mkdtempSync(join(tmpdir(), 'digest-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'data.ndjson');
const place = { sandboxFile: join(folder, 'ward.json') };
const sandbox = { data: ['data.ndjson'] };
const state = (known?: Awaited<ReturnType<typeof stateOfData>>) => stateOfData(sandbox, place, known?.files);

/** What a start some time later finds. */
async function later<T>(work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
  return work().finally(() => vi.useRealTimers());
}

it('tells data apart by what their files hold, not by their times', async () => {
  writeFileSync(path, 'one');
  const first = await state();
  utimesSync(path, new Date(), new Date('2020-01-01'));
  expect((await state(first)).digest).toBe(first.digest);
  writeFileSync(path, 'two');
  expect((await state(first)).digest).not.toBe(first.digest);
});

it('does not read a file again whose size and times are as they were', async () => {
  const known = await later(() => state());
  const [file] = known.files;
  const marked = { ...known, files: [{ ...file, digest: 'not read' } as NonNullable<typeof file>] };
  expect((await state(marked)).files[0]?.digest).toBe('not read');
});

it('reads one again that had just been changed when it was read, as its times may not tell of the next change', async () => {
  writeFileSync(path, 'six');
  const { mtimeMs, ctimeMs } = statSync(path);
  const fresh = await state();
  expect(fresh.files[0]?.times).toEqual([]);
  expect((await later(() => state(fresh))).files[0]?.times).toEqual([mtimeMs, ctimeMs]);
});
