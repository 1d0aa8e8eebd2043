import { expect, it } from 'vitest';
import { serverLog } from '#lib/data/audit/events.ts';
import { database } from '#lib/data/database/database.ts';
import { hashPassword } from '#lib/data/member/passwords.ts';
import { replacePublishedPasswords } from '#lib/data/member/published-passwords.ts';
import { recordReplaced } from './record-load.ts';
import { eventsOf } from './tests/events.ts';

it('tells of each published password that a start replaced, in the log of the server and of its sandboxes', async () => {
  await database().user.deleteMany();
  const add = async (username: string) => {
    const passwordHash = await hashPassword(`${username}-demo`);
    return (await database().user.create({ data: { username, name: username, passwordHash } })).id;
  };
  await add('admin');
  const userId = await add('clinician');
  const { id } = await database().sandbox.create({ data: { slug: 'published-passwords', name: 'Published' } });
  await database().membership.create({ data: { sandboxId: id, userId, role: 'clinician' } });
  const told = (events: Awaited<ReturnType<typeof eventsOf>>) =>
    events.map((event) => `${event.interaction} ${event.clientId} ${event.username} ${event.query}`).sort();
  const inServer: string[] = [];
  const inSandbox = await eventsOf(id, async () => {
    inServer.push(...told(await eventsOf(serverLog, () => replacePublishedPasswords(recordReplaced))));
  });
  const event = (username: string) => `password command:start ${username} username=${username}&by=start`;
  expect(inServer).toEqual([event('admin'), event('clinician')]);
  expect(told(inSandbox)).toEqual([event('clinician')]);
});
