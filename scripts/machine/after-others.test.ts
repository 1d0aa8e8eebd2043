import { expect, it, vi } from 'vitest';
import { afterOthers } from './after-others.ts';

const running = () => new Error('next build ended with code 1:\n ⨯ Another next build process is already running.');

it('builds once another build has ended, and says once that it waits', async () => {
  const build = vi.fn().mockRejectedValueOnce(running()).mockRejectedValueOnce(running()).mockResolvedValue(undefined);
  const tell = vi.fn();
  await afterOthers(build, { tell, pause: 0 });
  expect([build.mock.calls.length, tell.mock.calls.length]).toEqual([3, 1]);
});

it('tries a build that fails for another reason once, and gives up at last', async () => {
  const broken = vi.fn().mockRejectedValue(new Error('Type error'));
  await expect(afterOthers(broken, { tell: () => {}, pause: 0 })).rejects.toThrow('Type error');
  expect(broken).toHaveBeenCalledTimes(1);
  const never = vi.fn().mockRejectedValue(running());
  await expect(afterOthers(never, { tell: () => {}, pause: 0, tries: 2 })).rejects.toThrow('already running');
  expect(never).toHaveBeenCalledTimes(2);
});
