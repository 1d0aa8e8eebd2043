import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockFolder } from './folder-lock.ts';

const parent = mkdtempSync(join(tmpdir(), 'folder-lock-'));
afterAll(() => rmSync(parent, { recursive: true }));

describe('lockFolder', () => {
  let folder: string;
  let file: string;
  let unlock: (() => void) | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(parent, 'data-'));
    file = join(folder, 'lock');
  });
  afterEach(() => unlock?.());

  const holder = () => Number(readFileSync(file, 'utf8').split(' ')[0]);

  it('creates the folder, and names this process in it until it is released', () => {
    const deeper = join(folder, 'not/yet');
    unlock = lockFolder(deeper);
    expect(readFileSync(join(deeper, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid}\\b`));
    unlock();
    expect(existsSync(join(deeper, 'lock'))).toBe(false);
  });

  it('takes over from a process that has ended', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(file, String(pid));
    unlock = lockFolder(folder);
    expect(holder()).toBe(process.pid);
  });

  it('refuses while another process lives', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    writeFileSync(file, String(other.pid));
    expect(() => lockFolder(folder)).toThrow(`in use by process ${other.pid}. Stop that process`);
    expect(holder()).toBe(other.pid);
    const ended = once(other, 'exit');
    other.kill('SIGKILL');
    await ended;
    unlock = lockFolder(folder);
    expect(holder()).toBe(process.pid);
  });

  it.runIf(existsSync('/proc/self/stat'))('takes over from a process whose number another one has by now', () => {
    writeFileSync(file, `${process.ppid} 1`);
    unlock = lockFolder(folder);
    expect(holder()).toBe(process.pid);
  });

  it.runIf(existsSync('/proc/self/stat'))(
    'takes over from a process that was killed and that its parent has not noticed yet',
    async () => {
      // The shell becomes a program that never asks what has become of its child.
      const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
      const [printed] = await once(parent.stdout, 'data');
      await vi.waitFor(() => expect(readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n'));
      const pid = Number(printed);
      const [stateNow, started] = stateOf(pid);
      expect(stateNow).not.toBe('Z');
      writeFileSync(file, `${pid} ${started}`);
      expect(() => lockFolder(folder)).toThrow(`in use by process ${pid}`);
      process.kill(pid, 'SIGKILL');
      await vi.waitFor(() => expect(stateOf(pid)).toEqual(['Z', started]));
      unlock = lockFolder(folder);
      expect(holder()).toBe(process.pid);
      parent.kill('SIGKILL');
    },
  );

  /** The state and the start of a process, as the system tells them. */
  function stateOf(pid: number): (string | undefined)[] {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return [fields?.[0], fields?.[19]];
  }

  it.each(['', '\n', 'nobody', '-1', '0', '12 34 56', '9'.repeat(40)])(
    'takes over an unreadable lock %j',
    (content) => {
      writeFileSync(file, content);
      unlock = lockFolder(folder);
      expect(holder()).toBe(process.pid);
    },
  );

  it('refuses while a process lives that has our number, as the first ones of two containers do', async () => {
    const script = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, 'folder-lock.ts'))};
      lockFolder(process.argv[1]); console.log('locked'); setInterval(() => {}, 1000);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(other.stdout, 'data');
    // As it looks from another container: the number is our own, or that of nobody.
    const { pid: nobody } = spawnSync('true');
    for (const pid of [process.pid, nobody]) {
      writeFileSync(file, `${pid} 1`);
      expect(() => lockFolder(folder), String(pid)).toThrow('in use by another process, perhaps of another container');
    }
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(readdirSync(folder).sort()).toEqual(['held', 'lock']);
    unlock = lockFolder(folder);
    expect(holder()).toBe(process.pid);
  });

  it('is released when a process ends without releasing it', () => {
    const script = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, 'folder-lock.ts'))};
      lockFolder(process.argv[1]); process.exit(3);`;
    const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder]);
    expect(status).toBe(3);
    expect(existsSync(file)).toBe(false);
  });
});
