import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Member } from '#lib/data/member/memberships.ts';
import { env } from '#lib/env.ts';
import { refuse, refuseAsJson } from './json-refusal.ts';
import { type Admission, memberRoute } from './member-request.ts';
import { jsonBody } from './request-body.ts';

const world = vi.hoisted(() => ({ member: undefined as unknown, isDeleted: false }));
vi.mock('./current-user.ts', () => ({ memberOf: async () => world.member }));
vi.mock('#lib/data/sandbox/deleted-sandboxes.ts', () => ({
  unlessDeleted: <Done>(_: number, work: () => Promise<Done>, gone: Done) =>
    work().catch((thrown) => {
      if (world.isDeleted) return gone;
      throw thrown;
    }),
}));

const chen: Member = {
  user: { id: 'chen', username: 'chen', name: 'Chen' },
  sandbox: { id: 7, slug: 'ours', name: 'Ours' },
  role: 'clinician',
};
const reasons = [
  'cross-site',
  'signed-out',
  'unknown-sandbox',
  'not-a-member',
  'wrong-role',
  'malformed',
  'deleted',
] as const;
const sentences = Object.fromEntries(reasons.map((reason) => [reason, reason])) as Record<
  (typeof reasons)[number],
  string
>;
const admission: Admission<{ count: number }> = {
  from: 'our-pages',
  read: jsonBody(z.strictObject({ count: z.int() }), 20),
  refuse: refuseAsJson(sentences),
  explain: (thrown) => (thrown instanceof RangeError ? refuse(418, thrown.message) : undefined),
};
const work = vi.fn(async () => Response.json({ done: true }));

beforeEach(() => {
  Object.assign(world, { member: chen, isDeleted: false });
  work.mockReset().mockImplementation(async () => Response.json({ done: true }));
});

async function send(body: BodyInit = '{"count":1}', more: Partial<typeof admission> = {}, site = 'same-origin') {
  const request = new Request(`${env().origin}/ours/x`, { method: 'POST', body, headers: { 'sec-fetch-site': site } });
  const route = memberRoute({ ...admission, ...more }, work);
  const response = await route(request, { params: Promise.resolve({ sandbox: 'ours' }) });
  return [response.status, ((await response.json()) as { error?: string }).error];
}

describe('a request of our own pages', () => {
  it('reaches the handler for a member, with its body', async () => {
    expect(await send()).toEqual([200, undefined]);
    expect(work).toHaveBeenCalledWith(
      expect.objectContaining({ member: chen, body: { count: 1 }, params: { sandbox: 'ours' } }),
    );
  });

  it.each(['cross-site', 'same-site', 'none'])('is refused when it is sent %s', async (site) => {
    expect(await send(undefined, {}, site)).toEqual([403, 'cross-site']);
    expect(await send(undefined, { from: 'anywhere' }, site)).toEqual([200, undefined]);
  });

  it.each([
    ['signed-out', 401],
    ['not-a-member', 403],
    ['unknown-sandbox', 403],
  ])('is refused to who is %s', async (member, status) => {
    world.member = member;
    expect(await send()).toEqual([status, member]);
    expect(work).not.toHaveBeenCalled();
  });

  it.each([
    [['admin'], [403, 'wrong-role']],
    [
      ['admin', 'clinician'],
      [200, undefined],
    ],
  ] as const)('is for %j', async (roles, expected) => expect(await send(undefined, { roles })).toEqual(expected));

  it.each<[string, BodyInit]>([
    ['no JSON', 'count=1'],
    ['nothing', ''],
    ['another form', '{"count":"1"}'],
    ['more than is known', '{"count":1,"a":2}'],
    ['no UTF-8', new Uint8Array([...Buffer.from('{"count":1}'), 0xff])],
  ])('is refused with %s', async (_, body) => {
    expect(await send(body)).toEqual([400, 'malformed']);
    expect(work).not.toHaveBeenCalled();
  });

  it('is refused with a longer body than it may have', async () => {
    expect((await send('{"count":          1}'))[0]).toBe(413);
    expect(work).not.toHaveBeenCalled();
  });

  it('gets the response for a missing sandbox when that is deleted meanwhile', async () => {
    world.isDeleted = true;
    work.mockRejectedValue(new Error('No such row'));
    expect(await send()).toEqual([404, 'deleted']);
  });

  it('says that the server is busy when the database does', async () => {
    work.mockRejectedValueOnce(Object.assign(new Error('canceling statement'), { code: '55P03' }));
    expect(await send()).toEqual([503, 'Others are changing the same data at the same time. Try again.']);
  });

  it('explains only the errors that its sender should know', async () => {
    work.mockRejectedValueOnce(new RangeError('Too far'));
    expect(await send()).toEqual([418, 'Too far']);
    work.mockRejectedValueOnce(new Error('A bug'));
    await expect(send()).rejects.toThrow('A bug');
  });
});
