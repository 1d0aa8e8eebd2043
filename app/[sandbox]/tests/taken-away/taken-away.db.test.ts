/**
 * What is taken away ends. Each row of the table in docs/authorization.md is tried: in this process something is held
 * that rests on what is taken away, then it is taken away, and the other process refuses what is held. What can be
 * given back is given back, and does not bring it back.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeKey, makeService, publishKeys } from '#lib/authorization-server/tests/key-client.ts';
import {
  makeClient,
  makeEncounter,
  makePatient,
  makeSandbox,
  type SandboxFixture,
} from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { changeCdsService, registerCdsServices } from '#lib/data/cds/services.ts';
import { deleteClient, findClient, setClientEnabled, updateClient } from '#lib/data/client/clients.ts';
import {
  findInitialAccessTokens,
  makeInitialAccessToken,
  revokeInitialAccessToken,
} from '#lib/data/client/initial-access-tokens.ts';
import { setRegistrationMode } from '#lib/data/client/registration-mode.ts';
import { database } from '#lib/data/database/database.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { withdrawLaunch } from '#lib/data/launch/launches.ts';
import { removeScenario } from '#lib/data/launch/scenarios.ts';
import { changeMember, removeMember } from '#lib/data/member/members.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { deleteResources } from '#lib/data/resource/write.ts';
import { deleteSandbox } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { resetSandbox } from '#lib/data/seed/sandbox-reset.ts';
import { revokeAccess } from '#lib/data/token/revoke-access.ts';
import { LaunchHash } from '#lib/smart/launch/ids.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import * as held from './held.ts';
import * as pages from './held-by-pages.ts';
import { type OtherProcess, otherProcess } from './other-process.ts';
import type { Hold, World } from './world.ts';

let there: OtherProcess;
let sandbox: SandboxFixture;
let key: Awaited<ReturnType<typeof makeKey>>;
let other: typeof key;
let service: string;
let initialToken: string;
let published: Awaited<ReturnType<typeof publishKeys>>;

beforeAll(async () => {
  there = await otherProcess();
  [key, other] = await Promise.all([makeKey(), makeKey()]);
});
afterAll(() => published.close());

beforeEach(async () => {
  published?.close();
  published = await publishKeys([key], { 'cache-control': 'max-age=3600' });
  sandbox = await makeSandbox();
  const described = {
    title: 'One',
    description: 'x',
    usage: '',
    discoveryUrl: '/x/cds-services',
    prefetch: {},
  };
  await registerCdsServices(sandbox.id, [{ ...described, serviceId: 'one', hook: 'patient-view' }]);
  const found = await database().cdsService.findFirstOrThrow({ where: { sandboxId: sandbox.id } });
  service = found.id;
  await changeCdsService(sandbox.id, service, { enabled: true });
});

interface TakenAway {
  /** The app and the user; by default a trusted public app of the clinician. */
  world?: () => Promise<World>;
  /** By what it is called in the table. */
  holds: Record<string, Hold>;
  take: (world: World) => Promise<unknown>;
  /** Gives back what was taken; what was held must stay refused. */
  giveBack?: (world: World) => Promise<unknown>;
}

const base = () => ({ sandbox, there, userId: sandbox.users.chen, patient: 'baby' });
const ofChen = async () => ({ ...base(), clientId: await makeClient(sandbox) });
const ofPeter = async () => ({ ...(await ofChen()), userId: sandbox.users.peter, patient: 'peter' });
const byKey = async () => ({ ...base(), clientId: await makeService(sandbox, { keys: [key] }) });
const byAddress = async () => ({ ...base(), clientId: await makeService(sandbox, { url: published.url }) });
const selfMade = async () => {
  await setRegistrationMode(sandbox.id, 'open');
  return held.selfMade(base());
};

/** Changes the registration of the app, as the form of administrators does. */
async function change({ clientId }: World, more: object): Promise<void> {
  const client = await findClient(sandbox.id, clientId);
  if (!client) throw new Error('The app is gone.');
  await updateClient(sandbox.id, clientId, { ...client, ...more });
}

const changing = (more: object) => (world: World) => change(world, more);
const enable = (enabled: boolean) => (world: World) => setClientEnabled(sandbox.id, world.clientId, enabled);
const redirects = (...redirectUris: string[]) => changing({ redirectUris });
const tokens = { 'access tokens': held.accessToken, 'refresh tokens': held.refreshToken, codes: held.code };
const asked = { 'consent pages': held.consentPage };

const peterIs =
  (fhirUser: string, proxyFor: string[] = []) =>
  () =>
    changeMember(sandbox.id, sandbox.users.peter, { role: 'patient', fhirUser, proxyFor });
const actsFor = async () => {
  await peterIs('Patient/peter', ['baby'])();
  return { ...(await ofPeter()), patient: 'baby' };
};

function remove(resourceType: string, id: string) {
  const permission = { scopes: resourceScopes('system/*.cruds') };
  const writer = () => ({ sandboxId: sandbox.id, permission, now: new Date() });
  return () => inTransaction(() => deleteResources(writer(), [{ resourceType, id }]));
}

const seed = () => ({
  definition: { slug: sandbox.slug, name: 'Seed', launchLifetimeSeconds: 300 },
  clients: [],
  data: [],
});
const serviceIs = (enabled: boolean) => () => changeCdsService(sandbox.id, service, { enabled });
const serviceOf = () => service;

const table: Record<string, TakenAway[]> = {
  'An app is disabled': [
    {
      holds: { ...tokens, ...asked, 'remembered answers': held.rememberedConsent, launches: held.launch },
      take: enable(false),
      giveBack: enable(true),
    },
    {
      world: selfMade,
      holds: { 'registration access tokens': held.registrationToken },
      take: enable(false),
      giveBack: enable(true),
    },
    {
      world: byKey,
      holds: { 'tokens of backend services': held.serviceToken(() => key) },
      take: enable(false),
      giveBack: enable(true),
    },
  ],
  'An app is removed': [
    {
      holds: { ...tokens, ...asked, launches: held.launch },
      take: ({ clientId }) => deleteClient(sandbox.id, clientId),
      giveBack: ({ clientId }) => makeClient(sandbox, { clientId }),
    },
    {
      world: selfMade,
      holds: { 'registration access tokens': held.registrationToken },
      take: ({ clientId }) => deleteClient(sandbox.id, clientId),
    },
  ],
  'An app proves who it is in another way': [
    {
      holds: { ...tokens, ...asked, 'remembered answers': held.rememberedConsent },
      take: changing({ type: 'secret' }),
      giveBack: changing({ type: 'public' }),
    },
    {
      world: byKey,
      holds: { 'tokens of backend services': held.serviceToken(() => key) },
      take: changing({ type: 'secret', jwks: undefined }),
    },
  ],
  'The keys, their address or the secret of an app are replaced': [
    {
      world: byKey,
      holds: { proofs: held.assertion(() => key), 'access tokens': held.serviceToken(() => key) },
      take: (world) => change(world, { jwks: { keys: [other.publicJwk] } }),
    },
    {
      world: byAddress,
      holds: { proofs: held.assertion(() => key), 'access tokens': held.serviceToken(() => key) },
      take: changing({ jwksUri: 'http://127.0.0.1:1/jwks' }),
    },
    { world: byAddress, holds: { 'published keys that are kept': held.assertion(() => key) }, take: withdrawKey },
  ],
  'An app loses scopes': [
    {
      holds: { 'access tokens': held.accessToken },
      take: changing({ scope: 'launch openid offline_access' }),
      giveBack: changing({ scope: 'launch patient/*.rs' }),
    },
    { holds: asked, take: changing({ scope: 'launch openid offline_access' }) },
  ],
  'A redirect URI is replaced': [{ holds: { codes: held.code, ...asked }, take: redirects('https://app.example/new') }],
  'A person revokes the access of an app': [
    { holds: tokens, take: ({ userId, clientId }) => revokeAccess(sandbox.id, { userId, clientId }) },
  ],
  'A launch is withdrawn': [{ holds: { launches: held.launch, ...asked }, take: withdrawAll }],
  'A scenario is removed': [
    { holds: { 'its link': pages.scenarioLink }, take: () => removeScenario(sandbox.id, 'scenario') },
  ],
  'A person is removed from the sandbox': [
    {
      holds: { ...tokens, ...asked, launches: held.launch },
      take: ({ userId }) => removeMember(sandbox.id, userId, userId),
      giveBack: ({ userId }) => joins(userId),
    },
  ],
  'A person becomes somebody else’s patient, or stops acting for one': [
    {
      world: ofPeter,
      holds: { ...tokens, ...asked, launches: held.launch },
      take: peterIs('Patient/baby'),
      giveBack: peterIs('Patient/peter'),
    },
    {
      world: actsFor,
      holds: { ...tokens, ...asked, launches: held.launch },
      take: peterIs('Patient/peter'),
      giveBack: peterIs('Patient/peter', ['baby']),
    },
  ],
  'A member becomes a patient': [
    {
      holds: { ...tokens, ...asked, launches: held.launch, cards: pages.overriddenCard(serviceOf) },
      take: ({ userId }) =>
        changeMember(sandbox.id, userId, { role: 'patient', fhirUser: 'Patient/peter', proxyFor: [] }),
      giveBack: ({ userId }) =>
        changeMember(sandbox.id, userId, { role: 'clinician', fhirUser: 'Practitioner/dr-chen', proxyFor: [] }),
    },
  ],
  'A patient is deleted': [
    {
      holds: { ...tokens, ...asked, launches: held.launch },
      take: remove('Patient', 'baby'),
      giveBack: () => putResources(sandbox.id, [makePatient('baby')]),
    },
  ],
  'An encounter is deleted': [
    {
      holds: { launches: held.encounterLaunch, 'the context of tokens': held.encounterContext },
      take: remove('Encounter', 'visit'),
      giveBack: () => putResources(sandbox.id, [makeEncounter('visit', 'baby')]),
    },
  ],
  'A CDS service is switched off': [
    {
      holds: {
        tokens: pages.cdsToken(serviceOf),
        cards: pages.acceptedCard(serviceOf),
        'dismissed cards': pages.overriddenCard(serviceOf),
        'smart links': pages.smartLink(serviceOf),
        'opened apps': pages.openedLink(serviceOf),
      },
      take: serviceIs(false),
      giveBack: serviceIs(true),
    },
  ],
  'A CDS service loses scopes': [
    { holds: { tokens: pages.cdsToken(serviceOf) }, take: () => changeCdsService(sandbox.id, service, { scope: '' }) },
  ],
  'An initial access token is withdrawn': [
    { world: withInitialToken, holds: { registering: held.initialAccess(() => initialToken) }, take: revokeInitial },
  ],
  'Registration is switched off': [
    {
      world: selfMade,
      holds: { 'registration access tokens': held.registrationToken },
      take: () => setRegistrationMode(sandbox.id, 'off'),
    },
  ],
  'A sandbox is reset': [
    {
      holds: {
        ...tokens,
        ...asked,
        launches: held.launch,
        cards: pages.overriddenCard(serviceOf),
        imports: pages.importPart,
      },
      take: () => resetSandbox(sandbox.id, seed(), { total: 0, now: new Date() }),
    },
  ],
  'A sandbox is deleted': [
    {
      holds: { ...tokens, ...asked, launches: held.launch, imports: pages.importPart },
      take: () => deleteSandbox(sandbox.id, sandbox.users.admin),
    },
  ],
};

/** Republishes other keys, and saves the registration once more. */
async function withdrawKey(world: World): Promise<void> {
  published.keys = [other];
  await change(world, {});
}

async function withdrawAll(): Promise<void> {
  const launches = await database().launchContext.findMany({ where: { sandboxId: sandbox.id } });
  for (const { launchId } of launches) await withdrawLaunch(sandbox.id, LaunchHash.parse(launchId));
}

async function withInitialToken(): Promise<World> {
  await setRegistrationMode(sandbox.id, 'token');
  initialToken = await makeInitialAccessToken(sandbox.id, { label: 'x', madeBy: 'Ada', expiresAt: null });
  return ofChen();
}

async function revokeInitial(): Promise<void> {
  for (const { id } of await findInitialAccessTokens(sandbox.id)) await revokeInitialAccessToken(sandbox.id, id);
}

/** Makes the person a member again, whose account may have gone with the membership. */
async function joins(userId: string): Promise<void> {
  const data = { id: userId, username: userId, name: 'Back', passwordHash: 'none' };
  await database().user.upsert({ where: { id: userId }, create: data, update: {} });
  await database().membership.create({ data: { sandboxId: sandbox.id, userId, role: 'clinician' } });
}

const tries = Object.entries(table).flatMap(([what, rows]) =>
  rows.flatMap((row) => Object.entries(row.holds).map(([name, hold]) => ({ what, name, hold, row }))),
);

it.each(tries)('$what: $name end on the other process', async ({ hold, row }) => {
  const make = row.world ?? ofChen;
  const control = await hold(await make());
  expect(await control()).toBe(true);
  const world = await make();
  const [first, second] = [await hold(world), await hold(world)];
  await row.take(world);
  expect(await first()).toBe(false);
  if (!row.giveBack) return;
  await row.giveBack(world);
  expect(await second()).toBe(false);
});

describe('the table in docs/authorization.md', () => {
  const [, paper = ''] = /## What ends access\n(.*?)\n## /s.exec(readFileSync('docs/authorization.md', 'utf8')) ?? [];
  const rows = [...paper.matchAll(/^\| (An? .*?|The .*?|Registration .*?) +\|/gm)].map(([, what = '']) => what);

  it('has a row for everything that is tried here', () => {
    for (const what of Object.keys(table)) expect(rows).toContain(what);
  });

  it('has no row that is tried nowhere', () => {
    // What is tried elsewhere: T/key-rotation.db.test.ts.
    const elsewhere = ['The signing keys are replaced'];
    for (const what of rows) expect([...Object.keys(table), ...elsewhere]).toContain(what);
  });
});
