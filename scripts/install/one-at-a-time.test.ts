import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.mjs';

const file = () => join(mkdtempSync(join(tmpdir(), 'one-at-a-time-')), 'not/yet/lock');
const dead = () => spawnSync(process.execPath, ['--version']).pid;

it('holds a lock while it works, and releases it after an error too', async () => {
  const lock = file();
  expect(await oneAtATime(lock, async () => existsSync(lock))).toBe(true);
  expect(existsSync(lock)).toBe(false);
  const failing = oneAtATime(lock, () => Promise.reject(new Error('failed')));
  await expect(failing).rejects.toThrow('failed');
  expect(existsSync(lock)).toBe(false);
});

it.each([
  ['a process that has ended', () => `${dead()} ${hostname()} 1`],
  ['a process whose number is ours by now', () => `${process.pid} ${hostname()} 1`],
])('takes over from %s', async (_, holder) => {
  const lock = file();
  await oneAtATime(lock, async () => {});
  writeFileSync(lock, holder());
  const waiting = () => expect.unreachable();
  expect(await oneAtATime(lock, async () => 'done', { waiting })).toBe('done');
});

it.each([
  ['of another machine', () => `${dead()} elsewhere 1`],
  ['that lives', () => `${process.ppid} ${hostname()} 1`],
  ['that is empty', () => ''],
])('waits for a holder %s, until it has been silent for long', async (_, holder) => {
  const lock = file();
  await oneAtATime(lock, async () => {});
  writeFileSync(lock, holder());
  const told: number[] = [];
  expect(await oneAtATime(lock, async () => 'done', { waiting: (pid) => told.push(pid), maxSilence: 1 })).toBe('done');
  expect(told).toHaveLength(1);
});

it('lets one work after the other in several processes', async () => {
  const lock = file();
  const script = `import { oneAtATime } from ${JSON.stringify(join(import.meta.dirname, 'one-at-a-time.mjs'))};
    import { existsSync, rmSync, writeFileSync } from 'node:fs';
    await oneAtATime(${JSON.stringify(lock)}, async () => {
      if (existsSync('busy')) process.exitCode = 1;
      writeFileSync('busy', '');
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      rmSync('busy');
    });`;
  const { spawn } = await import('node:child_process');
  const cwd = mkdtempSync(join(tmpdir(), 'one-at-a-time-'));
  writeFileSync(join(cwd, 'stale'), '');
  await oneAtATime(lock, async () => {});
  writeFileSync(lock, `${dead()} ${hostname()} 1`);
  const codes = Array.from({ length: 4 }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd, stdio: 'inherit' });
    return new Promise((resolve) => child.once('exit', resolve));
  });
  expect(await Promise.all(codes)).toEqual([0, 0, 0, 0]);
  expect(existsSync(lock)).toBe(false);
});
