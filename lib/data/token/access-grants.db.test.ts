import { beforeAll, describe, expect, it } from 'vitest';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { database } from '../database/database.ts';
import { findAccessGrants, findGrantParties, type GrantPage } from './access-grants.ts';
import { findServiceAccess } from './backend-service-access.ts';
import type { GrantFilter } from './live-grants.ts';
import { revokeAccess, revokeServiceAccess } from './revoke-access.ts';

let ours: number;
let theirs: number;
const now = new Date('2030-01-01T12:00:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const all = { offset: 0, count: 100, order: 'app' } as const;

interface Held {
  model: 'AccessToken' | 'RefreshToken' | 'AuthorizationCode';
  minutes: number;
  scope?: string;
  consumed?: boolean;
  sessionUid?: string;
}

async function grant(
  grantId: string,
  held: Held[],
  { sandboxId = ours, userId = 'chen', clientId = 'b_app', used = 0, grantMinutes = 1000 } = {},
) {
  const context = { patient: `patient-of-${grantId}` };
  await database().grantContext.create({
    data: { grantId, sandboxId, clientId, userId, context, lastUsedAt: at(used) },
  });
  await database().oidcPayload.create({
    data: { sandboxId, model: 'Grant', id: grantId, grantId, payload: {}, expiresAt: at(grantMinutes) },
  });
  for (const [index, { model, minutes, scope = 'launch patient/*.rs', consumed, sessionUid }] of held.entries()) {
    const payload = withoutUndefined({ clientId, scope, sessionUid });
    const consumedAt = consumed ? at(-1) : null;
    const id = `${grantId} ${index}`;
    await database().oidcPayload.create({
      data: { sandboxId, model, id, grantId, payload, consumedAt, expiresAt: at(minutes) },
    });
  }
}

const service = (id: string, clientId: string, scope: string, iat: number, sandboxId = ours) =>
  database().oidcPayload.create({
    data: { sandboxId, model: 'ClientCredentials', id, payload: { clientId, scope, iat }, expiresAt: at(iat + 5) },
  });

beforeAll(async () => {
  ours = (await database().sandbox.create({ data: { slug: 'ours', name: 'Ours' } })).id;
  theirs = (await database().sandbox.create({ data: { slug: 'theirs', name: 'Theirs' } })).id;
  for (const id of ['chen', 'ada'])
    await database().user.create({ data: { id, username: id, name: `Dr. ${id}`, passwordHash: '' } });
  const client = { scope: '', type: 'public' } as const;
  await database().client.createMany({
    data: [
      { ...client, sandboxId: ours, clientId: 'b_app', name: 'B app', logoUri: 'https://b.example/logo.svg' },
      { ...client, sandboxId: ours, clientId: 'a_app', name: 'a app' },
      { ...client, sandboxId: ours, clientId: 'service', name: 'Service' },
      { ...client, sandboxId: theirs, clientId: 'b_app', name: 'B app of theirs' },
      { ...client, sandboxId: theirs, clientId: 'service', name: 'Service of theirs' },
    ],
  });
  const times = { signedInAt: at(-60), lastUsedAt: at(-1), endsAt: at(60) };
  const session = { userId: 'chen', browser: 'Firefox', ...times };
  await database().ehrSession.createMany({
    data: [
      { id: 'alive', secretHash: 'alive', ...session },
      { id: 'ended', secretHash: 'ended', ...session, endsAt: at(0) },
      { id: 'idle', secretHash: 'idle', ...session, lastUsedAt: at(-120) },
    ],
  });
  await grant('token', [{ model: 'AccessToken', minutes: 30 }], { used: -1 });
  await grant('code', [{ model: 'AuthorizationCode', minutes: 1, scope: 'openid' }], { used: -2 });
  await grant(
    'offline',
    [
      { model: 'AccessToken', minutes: 30, scope: 'patient/*.rs' },
      { model: 'RefreshToken', minutes: 60, scope: 'patient/*.rs offline_access', consumed: true },
      { model: 'RefreshToken', minutes: 500, scope: 'patient/*.rs user/*.rs offline_access' },
    ],
    { used: -3, clientId: 'a_app' },
  );
  await grant('capped', [{ model: 'RefreshToken', minutes: 500, scope: 'offline_access' }], {
    used: -4,
    grantMinutes: 90,
    userId: 'ada',
  });
  await grant('online', [{ model: 'RefreshToken', minutes: 500, scope: 'online_access', sessionUid: 'alive' }], {
    used: -5,
  });
  await grant('at-limit', [{ model: 'RefreshToken', minutes: 500, scope: 'online_access', sessionUid: 'ended' }]);
  await grant('idle', [{ model: 'RefreshToken', minutes: 500, scope: 'online_access', sessionUid: 'idle' }]);
  await grant('signed-out', [{ model: 'RefreshToken', minutes: 500, scope: 'online_access', sessionUid: 'gone' }]);
  await grant('expired', [
    { model: 'AccessToken', minutes: 0 },
    { model: 'RefreshToken', minutes: -1, scope: 'offline_access' },
  ]);
  await grant('outlived', [{ model: 'RefreshToken', minutes: 500, scope: 'offline_access' }], { grantMinutes: -1 });
  await grant('used-code', [{ model: 'AuthorizationCode', minutes: 1, consumed: true }]);
  await grant('elsewhere', [{ model: 'AccessToken', minutes: 30 }], { sandboxId: theirs });
  await service('x', 'service', 'system/*.rs', 1_893_499_200);
  await service('y', 'service', 'system/*.rs system/Patient.r', 1_893_499_260);
  await service('z', 'service', 'system/*.rs', 1_893_499_200, theirs);
});

describe('the apps with access', () => {
  const ids = async (filter: GrantFilter = {}, page: GrantPage = all) =>
    (await findAccessGrants(ours, filter, page, now)).grants.map(({ grantId }) => grantId);

  it('are those that still hold something good, by app', async () => {
    expect(await ids()).toEqual(['offline', 'token', 'code', 'capped', 'online']);
    expect(await ids({}, { ...all, order: 'use' })).toEqual(['token', 'code', 'offline', 'capped', 'online']);
  });

  it('say what was granted, about whom, to whom, and until when', async () => {
    const { grants } = await findAccessGrants(ours, {}, all, now);
    const [offline, token, code, capped, online] = grants;
    expect(offline).toEqual({
      grantId: 'offline',
      client: { clientId: 'a_app', name: 'a app' },
      ofClient: 1,
      user: { userId: 'chen', name: 'Dr. chen', username: 'chen' },
      patient: 'patient-of-offline',
      scopes: ['patient/*.rs', 'user/*.rs', 'offline_access'],
      since: expect.any(Date),
      lastUsedAt: at(-3),
      lasting: 'offline',
      until: at(500),
    });
    expect(token).toMatchObject({ lasting: 'token', until: at(30), ofClient: 4, scopes: ['launch', 'patient/*.rs'] });
    expect(token?.client.logoUri).toBe('https://b.example/logo.svg');
    expect(code).toMatchObject({ lasting: 'token', until: at(1), scopes: ['openid'] });
    expect(capped).toMatchObject({ lasting: 'offline', until: at(90), user: { username: 'ada' } });
    expect(online).toMatchObject({ lasting: 'online', until: at(500) });
  });

  it('are narrowed to a user and an app, and paged', async () => {
    expect(await ids({ userId: 'ada' })).toEqual(['capped']);
    expect(await ids({ clientId: 'a_app', userId: 'chen' })).toEqual(['offline']);
    expect(await ids({ clientId: 'a_app', userId: 'ada' })).toEqual([]);
    const page = await findAccessGrants(ours, {}, { offset: 2, count: 2, order: 'app' }, now);
    expect(page.grants.map(({ grantId }) => grantId)).toEqual(['code', 'capped']);
    expect(page.total).toBe(5);
  });

  it('belong to one sandbox', async () => {
    const { grants } = await findAccessGrants(theirs, {}, all, now);
    expect(grants.map(({ grantId, client }) => [grantId, client.name])).toEqual([['elsewhere', 'B app of theirs']]);
  });

  it('have users and apps to narrow them to', async () => {
    expect(await findGrantParties(ours, now)).toEqual([
      { kind: 'app', id: 'a_app', name: 'a app' },
      { kind: 'app', id: 'b_app', name: 'B app' },
      { kind: 'user', id: 'ada', name: 'Dr. ada (ada)' },
      { kind: 'user', id: 'chen', name: 'Dr. chen (chen)' },
    ]);
  });
});

it('backend services have access by tokens of their own', async () => {
  expect(await findServiceAccess(ours, now)).toEqual([
    {
      client: { clientId: 'service', name: 'Service' },
      tokens: 2,
      scopes: ['system/*.rs', 'system/Patient.r'],
      since: new Date(1_893_499_200_000),
      lastIssuedAt: new Date(1_893_499_260_000),
      until: expect.any(Date),
    },
  ]);
});

describe('ending access', () => {
  const left = (grantId: string) => database().oidcPayload.count({ where: { grantId } });

  it('takes everything of a grant, of the right user in the right sandbox', async () => {
    expect(await revokeAccess(theirs, { grantId: 'token' })).toEqual([]);
    expect(await revokeAccess(ours, { grantId: 'token', userId: 'ada' })).toEqual([]);
    expect(await left('token')).toBe(2);
    expect(await revokeAccess(ours, { grantId: 'token', userId: 'chen' })).toEqual([
      { userId: 'chen', clientId: 'b_app' },
    ]);
    expect(await left('token')).toBe(0);
    expect(await database().grantContext.count({ where: { grantId: 'token' } })).toBe(0);
    expect(await left('code')).toBe(2);
  });

  it('takes all grants of an app that are the user’s', async () => {
    expect(await revokeAccess(ours, { clientId: 'b_app', userId: 'chen' })).toEqual([
      { userId: 'chen', clientId: 'b_app' },
    ]);
    expect([await left('code'), await left('online'), await left('capped'), await left('elsewhere')]).toEqual([
      0, 0, 2, 2,
    ]);
  });

  it('takes the tokens of a backend service, in one sandbox', async () => {
    expect(await revokeServiceAccess(ours, 'service')).toBe(2);
    expect(await findServiceAccess(ours, now)).toEqual([]);
    expect(await findServiceAccess(theirs, now)).toHaveLength(1);
  });
});
