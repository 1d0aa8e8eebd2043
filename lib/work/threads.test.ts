import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { ThreadExhausted, Threads } from './threads.ts';

const source = join(mkdtempSync(join(tmpdir(), 'threads-')), 'thread.ts');
writeFileSync(
  source,
  `import { parentPort, threadId } from 'node:worker_threads';
  parentPort!.on('message', (what: string) => {
    if (what === 'for ever') for (;;);
    if (what === 'too much') for (const kept: unknown[] = []; ; ) kept.push({ kept: [...kept] });
    if (what === 'fail') throw new Error('failed');
    parentPort!.postMessage({ what, threadId });
  });`,
);

const threads = (name: string, maxTime = 20_000) =>
  new Threads({
    name,
    source: relative(process.cwd(), source),
    maxThreads: 1,
    maxWaiting: 1,
    maxTime,
    maxMegabytes: 32,
    full: () => new Error('full'),
  });

interface Answer {
  what: string;
  threadId: number;
}

it('keeps a thread for the next question', async () => {
  const asked = threads('kept');
  const first = await asked.ask<Answer>('a', 'one');
  expect(await asked.ask('a', 'two')).toEqual({ what: 'two', threadId: first.threadId });
});

it('refuses more than may wait', async () => {
  const asked = threads('full');
  const answers = ['one', 'two', 'three'].map((what) => asked.ask<Answer>('a', what).then((one) => one.what, String));
  expect(await Promise.all(answers)).toEqual(['one', 'two', 'Error: full']);
});

it.each([
  ['takes for ever', 'for ever', 500, ThreadExhausted],
  ['takes too much memory', 'too much', 20_000, ThreadExhausted],
  ['fails', 'fail', 20_000, Error],
])('survives a question that %s', async (_, what, maxTime, error) => {
  const asked = threads(what, maxTime);
  await expect(asked.ask('a', what)).rejects.toThrow(error);
  expect(await threads(what).ask('a', 'next')).toMatchObject({ what: 'next' });
});
