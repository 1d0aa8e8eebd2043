/** Each kind of what is stored, on both sides of the moment from which it is kept no longer. */
import type { Resource } from 'fhir/r4';
import { beforeEach, describe, expect, it } from 'vitest';
import { database } from '../database/database.ts';
import { daysBefore } from '../database/days-before.ts';
import { sweepVersions } from '../resource/former-versions.ts';
import { putResources } from '../resource/resources.ts';
import { sweep, sweepInTurn } from './sweep.ts';

const now = new Date('2030-06-01T12:00:00Z');
const ago = (days: number) => daysBefore(now, days);
const soon = daysBefore(now, -1);
let sandboxId: number;

beforeEach(async () => {
  await database().sandbox.deleteMany();
  await database().user.deleteMany();
  await database().lease.deleteMany();
  await database().failedAttempt.deleteMany();
  sandboxId = (await database().sandbox.create({ data: { slug: 'ward', name: 'Ward' } })).id;
  await database().user.create({ data: { id: 'chen', username: 'chen', name: 'Chen', passwordHash: '' } });
  await makeClient('app', {});
});

interface Kind {
  store: (id: string, at: Date) => Promise<unknown>;
  /** How many days it is kept after the moment that `store` is given. */
  days: number;
  /** The ids that are left. */
  left: () => Promise<string[]>;
}

function makeClient(clientId: string, more: object) {
  const data = { sandboxId, clientId, name: clientId, scope: '', type: 'public' as const, ...more };
  return database().client.create({ data });
}

const storePayload = (model: string, id: string, expiresAt: Date | null, payload = {}) =>
  database().oidcPayload.create({ data: { sandboxId, model, id, expiresAt, payload, grantId: id } });

const storeContext = (grantId: string, createdAt: Date) =>
  database().grantContext.create({ data: { sandboxId, grantId, clientId: 'app', context: {}, createdAt } });

const storeLaunch = (launchId: string, expiresAt: Date, more = {}) =>
  database().launchContext.create({
    data: {
      launchId,
      sandboxId,
      clientId: 'app',
      parameters: {},
      origin: 'ui',
      expiresAt,
      createdAt: expiresAt,
      ...more,
    },
  });

const storeJob = (id: string, updatedAt: Date, state: string) =>
  database().importJob.create({ data: { id, sandboxId, startedBy: 'Ada', files: 1, bytes: 1, updatedAt, state } });

const storeInitialToken = (id: string, expiresAt: Date | null) =>
  database().initialAccessToken.create({ data: { id, sandboxId, hash: id, label: id, madeBy: 'Ada', expiresAt } });

async function storeCard(id: string, createdAt: Date) {
  const service = { sandboxId, discoveryUrl: id, serviceId: id, hook: 'patient-view', title: '', description: '' };
  const { id: serviceKey } = await database().cdsService.create({ data: service });
  const shown = { serviceKey, userId: 'chen', patientId: '1', hook: 'patient-view', hookInstance: id, card: {} };
  await database().cdsCard.create({ data: { id, sandboxId, createdAt, ...shown } });
}

const storeSession = (id: string, endsAt: Date, lastUsedAt = now) =>
  database().ehrSession.create({
    data: { id, userId: 'chen', secretHash: id, browser: '', signedInAt: ago(1), endsAt, lastUsedAt },
  });

const idsOf = async <Row>(rows: Promise<Row[]>, id: (row: Row) => string) => (await rows).map(id).sort();

const kinds: Record<string, Kind> = {
  'an artifact': {
    days: 1,
    store: (id, at) => storePayload('AccessToken', id, at),
    left: () => idsOf(database().oidcPayload.findMany(), ({ id }) => id),
  },
  'a launch that was used': {
    days: 90,
    store: (id, at) => storeLaunch(id, at, { usedAt: at }),
    left: () => idsOf(database().launchContext.findMany(), ({ launchId }) => launchId),
  },
  'a launch that was not': {
    days: 90,
    store: storeLaunch,
    left: () => idsOf(database().launchContext.findMany(), ({ launchId }) => launchId),
  },
  'an upload that is done': {
    days: 90,
    store: (id, at) => storeJob(id, at, 'done'),
    left: () => idsOf(database().importJob.findMany(), ({ id }) => id),
  },
  'an upload that was abandoned': {
    days: 90,
    store: (id, at) => storeJob(id, at, 'running'),
    left: () => idsOf(database().importJob.findMany(), ({ id }) => id),
  },
  'an invitation': {
    days: 90,
    store: (username, createdAt) =>
      database().invitation.create({ data: { sandboxId, username, role: 'admin', invitedBy: 'Ada', createdAt } }),
    left: () => idsOf(database().invitation.findMany(), ({ username }) => username),
  },
  'an initial access token': {
    days: 30,
    store: storeInitialToken,
    left: () => idsOf(database().initialAccessToken.findMany(), ({ id }) => id),
  },
  'an app that registered itself': {
    days: 90,
    store: (id, at) => makeClient(id, { dynamic: true, updatedAt: at }),
    left: () => idsOf(database().client.findMany({ where: { dynamic: true } }), ({ clientId }) => clientId),
  },
  'a card': {
    days: 1,
    store: storeCard,
    left: () => idsOf(database().cdsCard.findMany(), ({ id }) => id),
  },
  'a session': {
    days: 0,
    store: (id, at) => storeSession(id, at),
    left: () => idsOf(database().ehrSession.findMany(), ({ id }) => id),
  },
  'a count of failed attempts': {
    days: 1,
    store: (subject, windowStartedAt) =>
      database().failedAttempt.create({ data: { subject, failures: 1, windowStartedAt } }),
    left: () => idsOf(database().failedAttempt.findMany(), ({ subject }) => subject),
  },
};

const minutes = (count: number) => count / (24 * 60);

it.each(Object.entries(kinds))('%s is kept to the end of its time, and no longer', async (_, { store, days, left }) => {
  await store('kept', ago(days - minutes(1)));
  await store('over', ago(days + minutes(1)));
  await Promise.all([sweepInTurn(now), sweepInTurn(now)]);
  expect(await left()).toEqual(['kept']);
});

/** What is old and still in use. */
const alive: Record<string, Pick<Kind, 'left'> & { store: () => Promise<unknown> }> = {
  'a refresh token, its grant and its context': {
    store: async () => {
      await storePayload('RefreshToken', 'r', soon);
      await storePayload('Grant', 'g', soon);
      await storeContext('g', ago(400));
    },
    left: async () => [
      ...(await idsOf(database().oidcPayload.findMany(), ({ id }) => id)),
      ...(await idsOf(database().grantContext.findMany(), ({ grantId }) => grantId)),
    ],
  },
  'the token by which an app manages its registration': {
    store: () => storePayload('RegistrationAccessToken', 'r', null),
    left: () => idsOf(database().oidcPayload.findMany(), ({ id }) => id),
  },
  'an initial access token without an end': {
    store: () => storeInitialToken('t', null),
    left: () => idsOf(database().initialAccessToken.findMany(), ({ id }) => id),
  },
  'a launch that waits for its app': {
    store: () => storeLaunch('l', soon, { createdAt: ago(100) }),
    left: () => idsOf(database().launchContext.findMany(), ({ launchId }) => launchId),
  },
  'an upload that began long ago and goes on': {
    store: async () => {
      await storeJob('j', ago(0.5), 'running');
      await database().importJob.update({ where: { id: 'j' }, data: { startedAt: ago(200), updatedAt: ago(0.5) } });
    },
    left: () => idsOf(database().importJob.findMany(), ({ id }) => id),
  },
  'an app that an administrator registered and nobody used': {
    store: () => makeClient('old', { updatedAt: ago(400) }),
    left: () => idsOf(database().client.findMany({ where: { clientId: 'old' } }), ({ clientId }) => clientId),
  },
};

it.each(Object.entries(alive))('%s stays', async (_, { store, left }) => {
  await store();
  const before = await left();
  expect(before.length).toBeGreaterThan(0);
  await sweep(now);
  expect(await left()).toEqual(before);
});

it('an app that registered itself stays once it was given something, after that has gone too', async () => {
  for (const clientId of ['idle', 'granted', 'service', 'launched']) {
    await makeClient(clientId, { dynamic: true, updatedAt: ago(400) });
  }
  await database().grantContext.create({ data: { sandboxId, grantId: 'g', clientId: 'granted', context: {} } });
  await storePayload('ClientCredentials', 't', ago(2), { clientId: 'service' });
  await storeLaunch('l', ago(100), { clientId: 'launched' });
  await sweep(now);
  await database().grantContext.deleteMany();
  await sweep(now);
  expect(await database().launchContext.count()).toBe(0);
  const left = await database().client.findMany({ where: { dynamic: true }, orderBy: { clientId: 'asc' } });
  expect(left.map(({ clientId }) => clientId)).toEqual(['granted', 'launched', 'service']);
});

describe('one process at a time', () => {
  const stale = () => storeSession('s', ago(1));
  const left = () => database().ehrSession.count();

  it('leaves the sweep to whoever is at it, or has just done it', async () => {
    await sweepInTurn(now);
    await stale();
    await sweepInTurn(new Date(now.getTime() + 6 * 60_000));
    expect(await left()).toBe(1);
    await sweepInTurn(new Date(now.getTime() + 8 * 60_000));
    expect(await left()).toBe(0);
  });

  it('takes over from one that died at it', async () => {
    await database().lease.create({ data: { name: 'sweep', leaseUntil: now } });
    await stale();
    await sweepInTurn(new Date(now.getTime() - 1));
    expect(await left()).toBe(1);
    await sweepInTurn(now);
    expect(await left()).toBe(0);
  });
});

describe('former versions', () => {
  const put = (text: string, days: number) =>
    putResources(sandboxId, [{ resourceType: 'Basic', id: 'b', code: { text } } as Resource], { now: ago(days) });
  const stored = () => idsOf(database().resourceVersion.findMany(), ({ versionId }) => String(versionId));

  beforeEach(async () => {
    for (const [index, days] of [50, 40, 30, 20, 10].entries()) await put(`v${index + 1}`, days);
  });

  it('are kept for good unless a setting says otherwise', async () => {
    await sweep(now);
    expect(await stored()).toEqual(['1', '2', '3', '4']);
  });

  it('are kept for their days since they were replaced', async () => {
    await sweepVersions(now, 25);
    expect(await stored()).toEqual(['3', '4']);
    await sweepVersions(now, 5);
    expect(await stored()).toEqual([]);
    expect(await database().resource.count()).toBe(1);
  });
});
