import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { startChild } from './start-child.mjs';

const module = new URL('start-child.mjs', import.meta.url).href;

it('ends a program when the process that started it is killed', async () => {
  const program = 'console.log("running"); setInterval(() => {}, 1000)';
  const parent = `import { startChild } from ${JSON.stringify(module)};
    startChild(process.execPath, ['-e', ${JSON.stringify(program)}], { stdout: 'inherit' });`;
  const options = { stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'] };
  const started = spawn(process.execPath, ['--input-type=module', '-e', parent], options);
  await once(started.stdout, 'data');
  started.kill('SIGKILL');
  // All three write to this stream, so it ends with the last of them.
  await once(started.stdout.resume(), 'close');
});

it.each([
  ['console.log("done"); process.exit(3)', 3, 'done\n'],
  ['process.kill(process.pid, "SIGTERM")', 143, ''],
])('tells how %s ended, and what it wrote', async (program, code, said) => {
  const child = startChild(process.execPath, ['-e', program]);
  const [ended, wrote] = await Promise.all([once(child, 'exit'), text(child.stdout)]);
  expect([ended[0], wrote]).toEqual([code, said]);
});

it('says that there is no such program', async () => {
  const child = startChild('no-such-program', []);
  expect(await text(child.stderr)).toContain('ENOENT');
});
