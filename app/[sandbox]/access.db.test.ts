import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, post, tokensFor } from '#lib/authorization-server/tests/browser.ts';
import {
  makeClient,
  makeSandbox,
  type SandboxFixture,
  secret,
} from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { database } from '#lib/data/database/database.ts';
import { findAccessGrants } from '#lib/data/token/access-grants.ts';
import { findConsentsOf, rememberConsent } from '#lib/data/token/consents.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { answerFhir } from '#lib/resource-server/answer-fhir.ts';
import { pageNumber } from './_list/search-parameters.ts';
import { forgetAnswer, revokeOwnAccess } from './(workspace)/access/actions.ts';
import { revokeGrants, revokeService } from './admin/access/actions.ts';
import { loadAccess } from './load-access.ts';
import { forgetCookies, formOf, signInAs as signInAsUser } from './tests/action-request.ts';

type Person = keyof SandboxFixture['users'];
let ours: SandboxFixture;
let theirs: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  ours = await makeSandbox();
  theirs = await makeSandbox();
  clientId = await makeClient(ours);
  await makeClient(theirs, { clientId });
});

beforeEach(() => forgetCookies());

function signInAs(person: Person, sandbox = ours): Promise<void> {
  return signInAsUser(sandbox.users[person]);
}

const scope = 'openid user/*.rs offline_access';

async function open(person: Person, app = clientId, sandbox = ours) {
  const tokens = await tokensFor(new Browser(sandbox, sandbox.users[person]), app, { scope });
  const { grants } = await findAccessGrants(sandbox.id, {}, { offset: 0, count: 1, order: 'use' });
  return { ...tokens, app, sandbox, grantId: grants[0]?.grantId ?? '' };
}

type Opened = Pick<Awaited<ReturnType<typeof open>>, 'access_token' | 'refresh_token' | 'app' | 'sandbox'>;

async function read({ access_token, sandbox }: Pick<Opened, 'access_token' | 'sandbox'>): Promise<number> {
  const headers = { authorization: `Bearer ${access_token}` };
  return (await answerFhir(new Request(`${fhirBaseOf(sandbox.slug)}/Patient/peter`, { headers }), sandbox.slug)).status;
}

async function refresh({ refresh_token, app, sandbox }: Opened): Promise<number> {
  const fields = { grant_type: 'refresh_token', refresh_token, client_id: app };
  return (await post(sandbox, 'token', fields)).status;
}

const expectAlive = async (opened: Opened) => expect(await read(opened)).toBe(200);
const expectEnded = async (opened: Opened) => expect([await read(opened), await refresh(opened)]).toEqual([401, 400]);

describe('who is signed in', () => {
  it('ends one grant, and what the app holds by it is refused at its next request', async () => {
    const [one, two] = [await open('chen'), await open('chen')];
    await signInAs('chen');
    await revokeOwnAccess(ours.slug, formOf({ grant_id: one.grantId }));
    await expectEnded(one);
    await expectAlive(two);
    await revokeOwnAccess(ours.slug, formOf({ grant_id: one.grantId }));
    await expectAlive(two);
  });

  it('ends all of an app, and nothing of another app or another user', async () => {
    const app = await makeClient(ours);
    const [one, two, other] = [await open('chen', app), await open('chen', app), await open('chen')];
    const colleague = await open('admin', app);
    await signInAs('chen');
    await revokeOwnAccess(ours.slug, formOf({ client_id: app }));
    for (const ended of [one, two]) await expectEnded(ended);
    for (const alive of [other, colleague]) await expectAlive(alive);
  });

  it('is asked again by an app whose access they ended, though they had their answer remembered', async () => {
    const key = { sandboxId: ours.id, userId: ours.users.chen, clientId };
    const opened = await open('chen');
    await rememberConsent(key, { allowed: ['openid'], declined: [] });
    await rememberConsent({ ...key, userId: ours.users.admin }, { allowed: ['openid'], declined: [] });
    await signInAs('chen');
    await revokeOwnAccess(ours.slug, formOf({ grant_id: opened.grantId }));
    const left = await database().consent.findMany({ where: { sandboxId: ours.id, clientId } });
    expect(left.map(({ userId }) => userId)).toEqual([ours.users.admin]);
  });

  it.each(['peter', 'admin'] as const)('cannot end the access of somebody else on this page, as %s', async (person) => {
    const opened = await open('chen');
    await signInAs(person);
    await revokeOwnAccess(ours.slug, formOf({ grant_id: opened.grantId }));
    await revokeOwnAccess(ours.slug, formOf({ client_id: clientId }));
    await expectAlive(opened);
  });

  it('has an answer forgotten that the app could else use again, and nobody else’s', async () => {
    const mine = { sandboxId: ours.id, userId: ours.users.chen, clientId };
    const others = { ...mine, userId: ours.users.admin };
    for (const key of [mine, others]) await rememberConsent(key, { allowed: ['openid'], declined: ['fhirUser'] });
    expect(await findConsentsOf(ours.id, ours.users.chen)).toMatchObject([
      { client: { clientId }, allowed: ['openid'], declined: ['fhirUser'] },
    ]);
    await expect(forgetAnswer(ours.slug, formOf({ client_id: clientId }))).rejects.toThrow(/NEXT_REDIRECT/);
    await signInAs('chen');
    await expect(forgetAnswer(theirs.slug, formOf({ client_id: clientId }))).rejects.toThrow(/NEXT_HTTP/);
    await expect(forgetAnswer(ours.slug, formOf({}))).rejects.toThrow(/NEXT_HTTP/);
    expect(await findConsentsOf(ours.id, ours.users.chen)).toHaveLength(1);
    await forgetAnswer(ours.slug, formOf({ client_id: clientId }));
    expect(await findConsentsOf(ours.id, ours.users.chen)).toEqual([]);
    expect(await findConsentsOf(ours.id, ours.users.admin)).toHaveLength(1);
  });

  it('ends nothing by a form that names nothing', async () => {
    const opened = await open('chen');
    await signInAs('chen');
    const notFound = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' };
    await expect(revokeOwnAccess(ours.slug, new FormData())).rejects.toMatchObject(notFound);
    await expectAlive(opened);
  });

  it('may be a patient, who sees the names of nobody else', async () => {
    const member = {
      user: { id: ours.users.peter, username: 'peter', name: 'Peter' },
      sandbox: { id: ours.id, slug: ours.slug, name: 'Ours' },
      role: 'patient' as const,
      fhirUser: 'Patient/peter',
    };
    for (const patient of ['peter', 'baby']) {
      const opened = await open('peter');
      await database().grantContext.update({ where: { grantId: opened.grantId }, data: { context: { patient } } });
    }
    const request = { filter: { userId: ours.users.peter }, page: 1, order: 'use', path: 'admin/access' } as const;
    const { grants, range } = await loadAccess(member, request, new Date());
    const { total } = range;
    expect(total).toBe(2);
    expect(grants.map(({ patient }) => patient)).toEqual(
      expect.arrayContaining([
        { id: 'peter', name: 'Test-peter, Una' },
        { id: 'baby', name: undefined },
      ]),
    );
  });
});

describe('nobody else', () => {
  const forms: [string, (slug: string, data: FormData) => Promise<void>][] = [
    ['own access', revokeOwnAccess],
    ['the grants of a sandbox', revokeGrants],
    ['the tokens of a service', revokeService],
  ];

  it.each(forms)('ends %s: not who is signed out, and not a member of another sandbox', async (_, revoke) => {
    const opened = await open('chen');
    const named = formOf({ grant_id: opened.grantId, client_id: clientId });
    await expect(revoke(ours.slug, named)).rejects.toMatchObject({ digest: expect.stringMatching('^NEXT_REDIRECT') });
    await signInAs('admin', theirs);
    await expect(revoke(ours.slug, named)).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;403' });
    await expectAlive(opened);
  });

  it.each(forms.slice(1))('ends %s without being an administrator', async (_, revoke) => {
    const opened = await open('chen');
    for (const person of ['chen', 'peter'] as const) {
      await signInAs(person);
      const named = formOf({ grant_id: opened.grantId, client_id: clientId });
      await expect(revoke(ours.slug, named)).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;403' });
    }
    await expectAlive(opened);
  });

  it('ends access in a sandbox by administering another', async () => {
    const opened = await open('chen');
    await signInAs('admin', theirs);
    await revokeGrants(theirs.slug, formOf({ grant_id: opened.grantId }));
    await revokeGrants(theirs.slug, formOf({ user_id: ours.users.chen }));
    await revokeGrants(theirs.slug, formOf({ client_id: clientId }));
    await revokeOwnAccess(theirs.slug, formOf({ grant_id: opened.grantId }));
    await expectAlive(opened);
  });
});

describe('an administrator', () => {
  beforeEach(() => signInAs('admin'));

  it('ends a grant of anybody in the sandbox', async () => {
    const [one, two] = [await open('chen'), await open('chen')];
    await revokeGrants(ours.slug, formOf({ grant_id: one.grantId }));
    await expectEnded(one);
    await expectAlive(two);
  });

  it('ends all that a filter chose', async () => {
    const app = await makeClient(ours);
    const chens = [await open('chen', app), await open('chen', app)];
    const [colleague, other] = [await open('admin', app), await open('chen')];
    await revokeGrants(ours.slug, formOf({ user_id: ours.users.chen, client_id: app }));
    for (const ended of chens) await expectEnded(ended);
    for (const alive of [colleague, other]) await expectAlive(alive);
    await revokeGrants(ours.slug, formOf({ user_id: '', client_id: app }));
    await expectEnded(colleague);
    await expectAlive(other);
  });

  it.each([{}, { user_id: '', client_id: '' }])('ends nothing by a form that names nothing: %j', async (fields) => {
    const opened = await open('chen');
    const notFound = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' };
    await expect(revokeGrants(ours.slug, formOf(fields as Record<string, string>))).rejects.toMatchObject(notFound);
    await expectAlive(opened);
  });

  it('ends the tokens of a backend service, at once', async () => {
    const service = await makeClient(ours, { type: 'secret', scope: 'system/*.rs', redirectUris: [] });
    const asked = { grant_type: 'client_credentials', scope: 'system/*.rs', client_id: service, client_secret: secret };
    const { access_token } = await (await post(ours, 'token', asked)).json();
    expect(await read({ access_token, sandbox: ours })).toBe(200);
    await revokeService(ours.slug, formOf({ client_id: service }));
    expect(await read({ access_token, sandbox: ours })).toBe(401);
  });
});

it.each([
  [undefined, 1],
  ['2', 2],
  ['0', 1],
  ['-1', 1],
  ['1e9', 1],
  ['9999999', 1],
  [['2', '3'], 1],
])('page %j of a list is page %i', (asked, page) => {
  expect(pageNumber.parse(asked)).toBe(page);
});
