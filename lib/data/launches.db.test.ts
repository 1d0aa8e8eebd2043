import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { database } from './database.ts';
import { findLaunch, recordLaunch, storedLaunchId } from './launches.ts';

/** Records a launch in a new sandbox; how many milliseconds it is valid. */
async function validity(launchLifetime?: number): Promise<number> {
  const { id: sandboxId } = await database().sandbox.create({
    data: {
      slug: `ward-${randomUUID().slice(0, 8)}`,
      name: 'Ward',
      ...(launchLifetime === undefined ? {} : { launchLifetime }),
    },
  });
  const clientId = 'chart';
  await database().client.create({ data: { sandboxId, clientId, name: 'Chart', scope: 'launch', type: 'public' } });
  const recorded = await recordLaunch({ sandboxId, clientId, parameters: {}, origin: 'api' });
  if ('refusal' in recorded) throw new Error(recorded.refusal.message);
  const stored = await findLaunch(storedLaunchId(recorded.launchId));
  expect(stored).toEqual(recorded.launch);
  return recorded.launch.expiresAt.getTime() - recorded.launch.createdAt.getTime();
}

describe('recordLaunch', () => {
  it('makes a launch valid for as long as its sandbox says', async () => expect(await validity(1)).toBe(1000));

  it('makes it valid for five minutes where the sandbox says nothing', async () => {
    expect(await validity()).toBe(5 * 60 * 1000);
  });
});
