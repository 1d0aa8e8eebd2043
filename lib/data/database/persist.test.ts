import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { persist } from './persist.ts';

const pause = vi.hoisted(() => vi.fn(async (..._: unknown[]) => {}));
vi.mock('node:timers/promises', () => ({ setTimeout: pause }));
const ending = vi.hoisted(() => ({ controller: new AbortController() }));
vi.mock('#lib/work/ending.ts', () => ({
  isEnding: () => ending.controller.signal.aborted,
  endingSignal: () => ending.controller.signal,
}));

const trouble = () => Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
const work = vi.fn<() => Promise<string>>();

beforeEach(() => void work.mockReset());
afterEach(() => vi.restoreAllMocks());

it('does the work again until the trouble is over, with pauses that grow up to half a minute', async () => {
  const pauses: number[] = [];
  for (let time = 0; time < 8; time++) work.mockRejectedValueOnce(trouble());
  work.mockResolvedValueOnce('done');
  expect(await persist(work, { onWait: (pause) => pauses.push(pause) })).toBe('done');
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

it('gives up on anything else at once', async () => {
  work.mockRejectedValueOnce(new Error('wrong'));
  await expect(persist(work)).rejects.toThrow('wrong');
  expect(work).toHaveBeenCalledTimes(1);
});

it('gives up on trouble that lasts for longer than it may', async () => {
  work.mockImplementation(() => Promise.reject(trouble()));
  await expect(persist(work, { most: 500 })).rejects.toThrow('gone');
  expect(work).toHaveBeenCalledTimes(1);
});

it('ends its pause when the process ends, and does the work a last time', async () => {
  work.mockImplementation(() => Promise.reject(trouble()));
  pause.mockImplementationOnce(async (_, __, options) => {
    expect(options).toEqual({ signal: ending.controller.signal });
    ending.controller.abort();
    throw new Error('aborted');
  });
  await expect(persist(work)).rejects.toThrow('gone');
  expect(work).toHaveBeenCalledTimes(2);
});
