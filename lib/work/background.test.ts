import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** Forgets what the process has once, and the modules that hold it: a process ends only once. */
function forget() {
  for (const key of ['ending', 'background-under-way', 'queue.background']) {
    Reflect.deleteProperty(globalThis, Symbol.for(`ehr-sandbox.${key}`));
  }
  vi.resetModules();
}

const load = async () => ({ ...(await import('./background.ts')), ...(await import('./ending.ts')) });
let own: Awaited<ReturnType<typeof load>>;
beforeEach(async () => {
  forget();
  own = await load();
});
afterEach(forget);

it('stops work where it passes its turn on, and gives what waits its turn to stop', async () => {
  const { backgroundTurns, backgroundStopped, beginEnding, isOfEnding, stopWhenEnding } = own;
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slices: string[] = [];
  const first = backgroundTurns.run('one', async () => {
    slices.push('first slice');
    begun.resolve();
    await goOn.promise;
    await backgroundTurns.pass('one');
    slices.push('second slice');
  });
  const waiting = backgroundTurns.run('other', async () => {
    stopWhenEnding();
    slices.push('other');
  });
  await begun.promise;
  beginEnding();
  goOn.resolve();
  await expect(first).rejects.toSatisfy(isOfEnding);
  await expect(waiting).rejects.toSatisfy(isOfEnding);
  await backgroundStopped();
  expect(slices).toEqual(['first slice']);
});

it('lets a slice that is under way finish before it counts as stopped', async () => {
  const { backgroundTurns, backgroundStopped, beginEnding, backgroundWorks } = own;
  const slice = Promise.withResolvers<void>();
  const done = vi.fn();
  const run = backgroundTurns.run('one', () => slice.promise.then(done));
  beginEnding();
  expect(backgroundWorks()).toBe(1);
  const stopped = backgroundStopped().then(() => expect(done).toHaveBeenCalled());
  slice.resolve();
  await Promise.all([run, stopped]);
  expect(backgroundWorks()).toBe(0);
});
