import { beforeAll, expect, it } from 'vitest';
import { launchStatus, launchStatuses } from '#lib/smart/launch/status.ts';
import { database } from '../database/database.ts';
import { findLaunches } from './list.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const clientId = 'chart';
let sandboxId: number;

beforeAll(async () => {
  sandboxId = (await database().sandbox.create({ data: { slug: 'boundaries', name: 'Ward' } })).id;
  await database().client.create({ data: { sandboxId, clientId, name: 'Chart', scope: 'launch', type: 'public' } });
});

it.each([
  ['expires a second later', { expiresAt: at(1000) }, 'pending'],
  ['expires a millisecond later', { expiresAt: at(1) }, 'pending'],
  ['expires at this moment', { expiresAt: now }, 'expired'],
  ['expired a millisecond before', { expiresAt: at(-1) }, 'expired'],
  ['expired a second before', { expiresAt: at(-1000) }, 'expired'],
  ['is used at this moment', { expiresAt: at(1), usedAt: now }, 'used'],
  ['is used as it expires', { expiresAt: now, usedAt: now }, 'used'],
  ['is withdrawn at this moment', { expiresAt: at(1), withdrawnAt: now }, 'withdrawn'],
  ['is withdrawn as it expires', { expiresAt: now, withdrawnAt: now }, 'withdrawn'],
  ['is used and withdrawn at once', { expiresAt: now, usedAt: now, withdrawnAt: now }, 'used'],
] as const)('a launch that %s: the rule and the filter agree', async (title, times, expected) => {
  await database().launchContext.create({
    data: { launchId: title, sandboxId, clientId, parameters: {}, origin: 'api', ...times },
  });
  const everything = { offset: 0, count: 50 };
  const found: string[] = [];
  for (const status of launchStatuses) {
    const { launches } = await findLaunches(sandboxId, { status }, everything, now);
    if (launches.some(({ launchHash }) => launchHash === title)) found.push(status);
  }
  const { launches } = await findLaunches(sandboxId, {}, everything, now);
  const ruled = launches.filter(({ launchHash }) => launchHash === title).map((one) => launchStatus(one, now));
  expect({ ruled, found }).toEqual({ ruled: [expected], found: [expected] });
});
