/** Tries every page, action and route on disk with the cookie of a session that has ended, in every way it can end. */
import { encode } from 'next-auth/jwt';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeSandbox, type SandboxFixture } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { database } from '#lib/data/database/database.ts';
import { env } from '#lib/env.ts';
import { sessionSecret } from '#lib/session/auth-options.ts';
import { memberOf } from '#lib/session/current-user.ts';
import { signOutHere } from '#lib/session/sign-out.ts';
import { copyOfSession, showSession, signInAs } from './action-request.ts';
import { findEntrances, segmentsOf } from './entrances.ts';

const pages = await findEntrances('page');
const actions = await findEntrances('actions');
const routes = await findEntrances('route');

/** What everybody may see, whoever they are, or what asks for another proof. */
const open =
  /^app\/(sign-in|samples|health|api|user-access-brands)|%5Fservices|\/fhir\/|\/oauth\/|\/launch\/refused\/|\.well-known|smart-style|user-access-brands/;

let sandbox: SandboxFixture;
let admin: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  admin = sandbox.users.admin;
});

beforeEach(async () => {
  await database().user.update({ where: { id: admin }, data: { mustChangePassword: false } });
  await signInAs(admin);
});

const endings: Record<string, () => Promise<unknown>> = {
  'a sign-out': async () => {
    const copy = copyOfSession();
    await signOutHere();
    expect(copyOfSession()).toBe('');
    showSession(copy);
  },
  'the idle limit': () => database().ehrSession.updateMany({ data: { lastUsedAt: new Date('2026-01-01') } }),
  'the absolute limit': () => database().ehrSession.updateMany({ data: { endsAt: new Date() } }),
  'a password that must be changed first': () =>
    database().user.update({ where: { id: admin }, data: { mustChangePassword: true } }),
  'an update from a release whose cookies named no session': async () =>
    showSession(await encode({ token: { sub: admin, signedInAt: 1 }, secret: await sessionSecret() })),
};

/** Where a call was sent, or what it was refused with; "admitted" for everything else. */
async function outcome(call: () => unknown): Promise<string | number> {
  try {
    const answer = await call();
    if (!(answer instanceof Response)) return 'admitted';
    const location = answer.headers.get('location');
    return location ? new URL(location, env().origin).pathname : answer.status;
  } catch (thrown) {
    const [kind, , location = ''] = ((thrown as { digest?: string }).digest ?? '').split(';');
    return kind === 'NEXT_REDIRECT' ? new URL(location, env().origin).pathname : 'admitted';
  }
}

/** Calls a page, an action or the methods of a route, about the sandbox of the fixture. */
function callsOf(): [string, () => unknown][] {
  const params = (file: string) =>
    Promise.resolve(
      Object.fromEntries(segmentsOf(file).map(({ name }) => [name, name === 'sandbox' ? sandbox.slug : 'x'])),
    );
  const guarded = <Named extends { file: string }>(entrances: Named[]) =>
    entrances.filter(({ file }) => !open.test(file));
  const headers = { origin: env().origin, 'sec-fetch-site': 'same-origin' };
  return [
    ...guarded(pages).map(({ file, exports }): [string, () => unknown] => [
      file,
      () => exports.default?.(...([{ params: params(file), searchParams: Promise.resolve({}) }] as never[])),
    ]),
    ...guarded(actions).flatMap(({ file, exports }) =>
      Object.entries(exports).map(([name, action]): [string, () => unknown] => [
        `${name} of ${file}`,
        () => action(...(argumentsFor(file, action.length) as never[])),
      ]),
    ),
    ...guarded(routes).flatMap(({ file, exports }) =>
      Object.entries(exports).map(([method, route]): [string, () => unknown] => [
        `${method} of ${file}`,
        () => route(...([new Request(`${env().origin}/x`, { method, headers }), { params: params(file) }] as never[])),
      ]),
    ),
  ];
}

function argumentsFor(file: string, length: number): unknown[] {
  const ofSandbox = file.includes('[sandbox]') && length > 0 ? [sandbox.slug] : [];
  const between = Array.from({ length: Math.max(length - ofSandbox.length - 1, 0) }, () => 'x');
  return [...ofSandbox, ...between, new FormData()].slice(0, Math.max(length, 1));
}

it('finds what there is to try, and a session that opens it', async () => {
  expect(callsOf().length).toBeGreaterThan(60);
  expect(await memberOf(sandbox.slug)).toMatchObject({ role: 'admin' });
});

/** Where a password is changed: the one place for those who must. */
const whereChanged = /^app\/account\/password|saveOwnPassword/;

describe.each(Object.entries(endings))('after %s', (ending, end) => {
  it('every page, action and route takes the browser for signed out', async () => {
    expect(await memberOf(sandbox.slug)).toMatchObject({ role: 'admin' });
    await end();
    const mustChange = ending.startsWith('a password');
    for (const [name, call] of callsOf()) {
      const expected = mustChange && whereChanged.test(name) ? 'admitted' : expect.toBeOneOf([401, '/sign-in']);
      expect([name, await outcome(call)]).toEqual([name, expected]);
    }
  });
});
