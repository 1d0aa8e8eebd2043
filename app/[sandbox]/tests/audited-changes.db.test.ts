/**
 * Calls every server action and every route of our pages on disk: what changes something leaves an event in the audit
 * log, and what is refused leaves none that tells of a change. A new one is tried without being listed here.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditWritten } from '#lib/data/audit/queue.ts';
import { database } from '#lib/data/database/database.ts';
import { env } from '#lib/env.ts';
import { calledFrom } from '#lib/http/caller/caller-address.ts';
import * as goOn from '../../sandboxes/go-on.ts';
import { signOut } from '../../sign-in/actions.ts';
import { argumentsOf, calledActions, calls, outcome, preparations } from './action-calls.ts';
import { forgetCookies, formOf, signInAs } from './action-request.ts';
import { findEntrances, segmentsOf } from './entrances.ts';
import { digestOf, type Holdings, makeHoldings } from './holdings.ts';

const actions = calledActions(await findEntrances('actions'));
const routes = (await findEntrances('route')).filter(({ file }) => file.startsWith('app/[sandbox]/'));

let ours: Holdings;
let username: string;

beforeAll(() => {
  expect(actions.length).toBeGreaterThan(25);
  vi.spyOn(goOn, 'goOnWithSandboxes').mockReturnValue();
});
beforeEach(async () => {
  forgetCookies();
  ours = await makeHoldings();
  const { username: invited } = await database().user.findUniqueOrThrow({ where: { id: ours.users.chen } });
  const asked = { role: 'admin', invitedBy: 'Ada', userId: ours.users.chen } as const;
  const invitation = { sandboxId: ours.id, username: invited, ...asked };
  await database().invitation.create({ data: invitation });
});

async function be(person: 'admin' | 'chen') {
  username = (await database().user.findUniqueOrThrow({ where: { id: ours.users[person] } })).username;
  await signInAs(ours.users[person]);
}

/** The events of our sandbox and of the server that work leaves behind; it is called from an address of its own. */
async function eventsOfWork(work: () => unknown) {
  await auditWritten();
  await database().auditEvent.deleteMany();
  await calledFrom('192.0.2.7', () => outcome(work));
  await auditWritten();
  return database().auditEvent.findMany({ where: { sandboxId: { in: [ours.id, 0] } } });
}

const byUs = () => ({ username, address: '192.0.2.7', outcome: 0, method: 'POST', repeated: 1 });

/** Calls an action with a form, which by default names everything that we have. */
function callAction({ name, action }: Pick<(typeof actions)[number], 'name' | 'action'>, form?: FormData): unknown {
  return action(...(argumentsOf(name, action.length, ours.slug, ours, form) as never[]));
}

/** Nothing that is a secret, or leads to one, stands in the log. */
function expectNoSecret(events: object[]) {
  for (const secret of [ours.launchId, ours.token, ours.refreshToken, ours.initialAccessToken]) {
    expect(JSON.stringify(events)).not.toContain(secret);
  }
}

describe('what an action changes is in the log', () => {
  /** Actions that change nothing of one sandbox, and the fields that they need. */
  const elsewhere: Record<string, Record<string, string>> = {
    makeSandbox: { slug: 'made-by-us', name: 'Made by us', content: 'empty' },
  };

  // Those of the account have a test of their own, app/account/account.db.test.ts.
  const inOurs = actions.filter(
    ({ name, file }) => !calls.has(name) && !elsewhere[name] && !file.startsWith('app/account/'),
  );

  it.each(inOurs)('$name of $file', async ({ file, ...called }) => {
    await preparations[called.name]?.(ours.id);
    await be(file.includes('/admin/') ? 'admin' : 'chen');
    const digest = await digestOf(ours.id);
    expectLogged(await eventsOfWork(() => callAction(called)));
    expect(await digestOf(ours.id)).not.toEqual(digest);
  });

  it.each(actions.filter(({ name }) => elsewhere[name]))('$name of $file', async (called) => {
    await be('admin');
    expectLogged(await eventsOfWork(() => callAction(called, formOf(elsewhere[called.name] ?? {}))));
  });

  function expectLogged(events: { sandboxId: number }[]) {
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) expect(event).toMatchObject(byUs());
    expectNoSecret(events);
  }

  it('signing out, at the server and in every sandbox of the user', async () => {
    await be('chen');
    const events = await eventsOfWork(() => signOut());
    expect(events.map(({ sandboxId }) => sandboxId).sort()).toEqual([0, ours.id].sort());
    for (const event of events) expect(event).toMatchObject({ ...byUs(), interaction: 'sign-out' });
  });

  it('but what changed nothing is not', async () => {
    await be('admin');
    const unknown = '00000000-0000-4000-8000-000000000000';
    for (const { name, action, file } of actions.filter((one) => one.file.startsWith('app/[sandbox]/admin/'))) {
      if (['makeSandbox', 'rotateKeys', ...calls].includes(name)) continue;
      const form = formOf({ client_id: 'gone', grant_id: unknown, token_id: unknown, user_id: unknown, launch: 'x' });
      const digest = await digestOf(ours.id);
      const events = await eventsOfWork(() => callAction({ name, action }, form));
      if (JSON.stringify(await digestOf(ours.id)) === JSON.stringify(digest))
        expect([file, name, events]).toEqual([file, name, []]);
    }
  });
});

describe('what a route of our pages changes is in the log', () => {
  const json = (body: object) => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  const form = (fields: Record<string, string>) => ({ body: formOf(fields), headers: {} });

  // FHIR and OAuth have tests of their own, and admin/import/known reads what the body asks for.
  /** For each route that takes a POST, a request that changes something, or the test that sends one. */
  const requests: Record<string, (() => { body: BodyInit; headers: object }) | string> = {
    'admin/import/job': () => json({ files: 1, bytes: 9 }),
    'admin/import/part': '../tests/audited-pages.db.test.ts',
    'cds/cards/[card]/accept': '../cds/cds.db.test.ts',
    'cds/cards/[card]/override': '../cds/cds.db.test.ts',
    'cds/encounters': () => json({ patient: 'baby' }),
    'cds/hooks': '../cds/cds.db.test.ts',
    'cds/launch': '../cds/cds.db.test.ts',
    'cds/orders': '../cds/cds.db.test.ts',
    launch: () => form({ client_id: ours.clientId, patient: 'baby' }),
    'scenarios/[id]/launch': () => form({}),
  };
  const posts = routes
    .filter(({ exports, file }) => exports.POST && !/\/(fhir|oauth|known)\//.test(file))
    .map(({ file, exports }) => ({ file, path: file.slice('app/[sandbox]/'.length, -'/route.ts'.length), exports }));

  it('has a request for each', () => {
    expect(posts.map(({ path }) => path).sort()).toEqual(Object.keys(requests).sort());
  });

  it.each(posts)('$path', async ({ file, path, exports }) => {
    const request = requests[path];
    if (typeof request === 'string') {
      const test = readFileSync(new URL(request, import.meta.url), 'utf8');
      expect(test.includes(`${path.slice(path.indexOf('/'))}/route.ts`)).toBe(true);
      return;
    }
    await be('admin');
    await database().launchScenario.updateMany({ data: { parameters: { patient: 'baby' } } });
    const digest = await digestOf(ours.id);
    const { body, headers } = request?.() ?? form({});
    const all = { ...headers, origin: env().origin, 'sec-fetch-site': 'same-origin' };
    const sent = new Request(`${env().origin}/${ours.slug}/${path}`, { method: 'POST', body, headers: all });
    const names = segmentsOf(file).map(({ name }) => [name, name === 'sandbox' ? ours.slug : 'scenario']);
    const params = Promise.resolve(Object.fromEntries(names));
    const events = await eventsOfWork(() => exports.POST?.(...([sent, { params }] as never[])));
    expect(await digestOf(ours.id)).not.toEqual(digest);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject(byUs());
    expectNoSecret(events);
  });
});
