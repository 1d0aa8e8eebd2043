/** What becomes of signing in, signing out and sessions while the database is in trouble. */

import { NextRequest } from 'next/server';
import type { AuthOptions } from 'next-auth';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { faults, makeFallible, whileFailing } from '#lib/data/database/tests/failing-database.ts';
import { hashPassword } from '#lib/data/member/passwords.ts';
import { openSession } from '#lib/data/session/tests/open-session.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import { answerAuth } from '#lib/session/next-auth-handler.ts';
import { forgetCookies, signInAs } from '../../[sandbox]/tests/action-request.ts';

/** next-auth needs a request of Next's. This does what it does: it takes errors for refusals, or for nothing. */
vi.mock('next-auth', () => ({
  default: async (request: NextRequest, _: object, options: AuthOptions) => {
    const [provider] = options.providers as unknown as [{ options: { authorize(given: object): Promise<unknown> } }];
    const fields = Object.fromEntries(new URLSearchParams(await request.text()));
    const isSigningOut = request.nextUrl.pathname.endsWith('/signout');
    const work = isSigningOut
      ? options.events?.signOut?.({ token: { session: fields.session }, session: {} as never })
      : provider.options.authorize(fields);
    const error = await Promise.resolve(work).then(
      () => '',
      (thrown: Error) => encodeURIComponent(thrown.message),
    );
    const headers = { location: `/api/auth/signin?error=${error}`, 'set-cookie': 'session=; Max-Age=0' };
    return new Response(null, { status: 302, headers });
  },
}));

let userId: string;

beforeAll(async () => {
  makeFallible();
  for (const method of ['error', 'info'] as const) vi.spyOn(log, method).mockImplementation(() => {});
  const passwordHash = await hashPassword('right');
  userId = (await database().user.create({ data: { username: 'chen', name: 'Dr. Chen', passwordHash } })).id;
});
beforeEach(() => forgetCookies());

function ask(path: string, fields?: Record<string, string>): Promise<Response> {
  const request = new NextRequest(`${env().origin}/api/auth/${path}`, {
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
    headers: { accept: 'text/html' },
  });
  return answerAuth(request, { params: Promise.resolve({ nextauth: path.split('/') }) });
}

const [[, noServer = () => new Error()] = []] = faults;

/** The answers while the database fails from each statement on, until none is left that could. */
async function answersInTrouble(request: () => Promise<Response>): Promise<Response[]> {
  const answers: Response[] = [];
  for (let from = 1; from < 60; from++) {
    const { result, failed } = await whileFailing({ from, fault: noServer }, request);
    if (!failed) return answers;
    answers.push(result);
  }
  return answers;
}

async function expectBusy(answers: Response[]): Promise<void> {
  expect(answers.length).toBeGreaterThan(0);
  for (const answer of answers) {
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.getSetCookie()]).toEqual([503, '5', []]);
    expect(await answer.text()).toContain('The server is busy');
  }
}

it('nobody is told that the password is wrong, and no attempt counts', async () => {
  await expectBusy(await answersInTrouble(() => ask('callback/credentials', { username: 'chen', password: 'right' })));
  await vi.waitFor(async () => expect(await database().failedAttempt.count()).toBe(0), { timeout: 20_000 });
});

it('nobody is signed out when it is asked who they are', async () => {
  await signInAs(userId);
  await expectBusy(await answersInTrouble(() => ask('session')));
});

it('nobody is told that they are signed out while their session lives', async () => {
  const { secret } = await openSession(userId);
  await expectBusy(await answersInTrouble(() => ask('signout', { session: secret })));
});
