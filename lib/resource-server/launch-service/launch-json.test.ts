import { expect, it } from 'vitest';
import { LaunchHash, LaunchId } from '#lib/smart/launch/ids.ts';
import type { Caller } from '../request/bearer.ts';
import { launchJson } from './launch-json.ts';

it.each([
  ['2017-11-06T23:31:53Z', 'Mon Nov 06 23:31:53 UTC 2017'],
  ['2026-02-28T00:00:00.999Z', 'Sat Feb 28 00:00:00 UTC 2026'],
  ['2024-12-31T23:59:59+14:00', 'Tue Dec 31 09:59:59 UTC 2024'],
])('created_at keeps the form that clients parse: %s is %s', (time, classic) => {
  const createdAt = new Date(time);
  const launch = {
    launchHash: LaunchHash.parse('stored'),
    sandboxId: 1,
    clientId: 'app',
    parameters: {},
    origin: 'api' as const,
  };
  const caller = { sandbox: { slug: 'demo' }, token: {} } as Caller;
  expect(launchJson(LaunchId.parse('id'), { ...launch, createdAt, expiresAt: createdAt }, caller)).toMatchObject({
    created_at: classic,
    created_by: null,
    username: null,
    expires_at: createdAt.toISOString(),
  });
});
