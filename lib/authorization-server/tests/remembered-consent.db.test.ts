import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { forgetConsent } from '#lib/data/token/consents.ts';
import { env } from '#lib/env.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post } from './browser.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';
import { ticked, Visit } from './visit.ts';

const wanted = 'openid user/Patient.rs user/Condition.rs offline_access';
const remember: [string, string] = ['remember', '1'];

let sandbox: SandboxFixture;
let app: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
});

const visitBy = (userId = sandbox.users.chen) => Visit.by(sandbox, userId);

async function newApp(options: Parameters<typeof makeClient>[1] = {}): Promise<string> {
  return makeClient(sandbox, { trusted: false, ...options });
}

/** Answers the consent page once: allows everything but offline_access. */
async function rememberedBy(userId: string, clientId: string, parameters: Record<string, string> = {}) {
  const visit = await visitBy(userId).start(clientId, { scope: wanted, ...parameters });
  const fields = [...ticked('openid', 'user/Patient.rs', 'user/Condition.rs'), remember];
  return tokens(clientId, await visit.answer('consent', fields));
}

async function tokens(clientId: string, response: Response) {
  const { code = '' } = answerToApp(response);
  const exchanged = await post(sandbox, 'token', exchangeFields(clientId, code));
  expect(exchanged.status).toBe(200);
  return exchanged.json();
}

/** The result of a request that the user does not have to answer. */
function open(clientId: string, parameters: Record<string, string | undefined> = {}, userId = sandbox.users.chen) {
  return new Browser(sandbox, userId).visit(
    authorizeUrl(sandbox, clientId, { scope: wanted, nonce: undefined, ...parameters }),
  );
}

async function isAsked(response: Promise<Response>): Promise<boolean> {
  return /\/oauth\/interaction\//.test((await response).headers.get('location') ?? '');
}

describe('a remembered answer', () => {
  beforeAll(async () => {
    app = await newApp();
    await rememberedBy(sandbox.users.chen, app);
  });

  it('spares the question, and grants what was allowed, not what was declined', async () => {
    const given = await tokens(app, await open(app));
    expect(given.scope).toBe('openid user/Patient.rs user/Condition.rs');
    expect(given.refresh_token).toBeUndefined();
  });

  it('holds for an app that must not ask', async () => {
    expect(answerToApp(await open(app, { prompt: 'none' })).code).toBeDefined();
  });

  it('holds for less, and for the same in the older spelling', async () => {
    expect((await tokens(app, await open(app, { scope: 'openid user/Patient.r' }))).scope).toBe(
      'openid user/Patient.r',
    );
    const older = await tokens(app, await open(app, { scope: 'user/Condition.read openid' }));
    expect(older.scope).toBe('user/Condition.read openid');
  });

  it('does not hold for more: new scopes are marked, and declined ones are not ticked', async () => {
    const visit = await visitBy().start(app, { scope: `${wanted} user/Observation.rs` });
    expect(await visit.view()).toMatchObject({
      memory: 'remembered',
      changed: false,
      scopes: [
        { scope: 'openid', standing: 'allowed' },
        { scope: 'user/Patient.rs', standing: 'allowed' },
        { scope: 'user/Condition.rs', standing: 'allowed' },
        { scope: 'offline_access', standing: 'declined' },
        { scope: 'user/Observation.rs', standing: 'new' },
      ],
    });
    const none = await open(app, { scope: `${wanted} user/Observation.rs`, prompt: 'none' });
    expect(answerToApp(none).error).toBe('consent_required');
  });

  it('does not hold for more verbs', async () => {
    expect(await isAsked(open(app, { scope: 'openid user/Patient.cruds' }))).toBe(true);
  });

  it('asks again instead of refusing silently when only declined scopes are requested', async () => {
    expect(await isAsked(open(app, { scope: 'offline_access' }))).toBe(true);
  });

  it('is asked for again by prompt=consent', async () => {
    expect(await isAsked(open(app, { prompt: 'consent' }))).toBe(true);
  });

  it('is not that of another user, app or sandbox', async () => {
    expect(await isAsked(open(app, {}, sandbox.users.admin))).toBe(true);
    expect(await isAsked(open(await newApp()))).toBe(true);
    const other = await makeSandbox();
    const twin = await makeClient(other, { clientId: app, trusted: false });
    const sandboxId = other.id;
    const membership = { sandboxId, userId: sandbox.users.chen, role: 'clinician' as const };
    await database().membership.create({ data: membership });
    const browser = new Browser(other, sandbox.users.chen);
    expect(await isAsked(browser.visit(authorizeUrl(other, twin, { scope: wanted })))).toBe(true);
  });

  it('holds for launches of whatever patient, and leaves their context to them', async () => {
    const clinical = await newApp();
    const scope = 'launch patient/*.rs';
    const first = await visitBy().start(clinical, {
      scope,
      nonce: undefined,
      launch: await makeLaunch(sandbox, clinical),
    });
    await first.answer('consent', [...ticked('launch', 'patient/*.rs'), remember]);
    const launch = await makeLaunch(sandbox, clinical, { patient: 'peter' });
    expect((await tokens(clinical, await open(clinical, { scope, launch }))).patient).toBe('peter');
  });
});

describe('nothing is remembered', () => {
  it('without the tick', async () => {
    const clientId = await newApp();
    const visit = await visitBy().start(clientId, { scope: wanted });
    expect(await visit.view()).toMatchObject({ memory: 'possible', scopes: [{ standing: 'first' }, {}, {}, {}] });
    await visit.answer('consent', ticked('openid', 'user/Patient.rs'));
    expect(await isAsked(open(clientId))).toBe(true);
  });

  it('any longer when the tick is taken away', async () => {
    const clientId = await newApp();
    await rememberedBy(sandbox.users.chen, clientId);
    const visit = await visitBy().start(clientId, { scope: wanted, prompt: 'consent' });
    await visit.answer('consent', ticked('openid', 'user/Patient.rs'));
    expect(await isAsked(open(clientId))).toBe(true);
  });

  it('of a refusal, in whichever way', async () => {
    const clientId = await newApp();
    const denied = await visitBy().start(clientId, { scope: wanted });
    expect(answerToApp(await denied.answer('deny', [remember])).error).toBe('access_denied');
    const nothing = await visitBy().start(clientId, { scope: wanted });
    expect(answerToApp(await nothing.answer('consent', [remember]))).toMatchObject({
      error: 'access_denied',
      error_description: expect.stringMatching(/allowed nothing/),
      state: 'the state',
    });
    expect(await isAsked(open(clientId))).toBe(true);
  });

  it('of what was not offered', async () => {
    const clientId = await newApp();
    const visit = await visitBy().start(clientId, { scope: 'openid' });
    await visit.answer('consent', [...ticked('openid', 'user/*.cruds'), remember]);
    expect(await isAsked(open(clientId, { scope: 'openid user/Patient.rs' }))).toBe(true);
  });

  it.each([
    ['a loopback address', 'http://127.0.0.1:4567/callback'],
    ['a scheme of its own', 'org.example.app:/callback'],
  ])('for a public app at %s, whose place another program may take', async (_, redirectUri) => {
    const clientId = await newApp({ redirectUris: [redirectUri] });
    const parameters = { scope: wanted, redirect_uri: redirectUri };
    const visit = await visitBy().start(clientId, parameters);
    expect(await visit.view()).toMatchObject({ memory: 'refused' });
    await visit.answer('consent', [...ticked('openid'), remember]);
    expect(await isAsked(open(clientId, parameters))).toBe(true);
    // Even what was remembered at another address of the app does not count at this one.
    const key = { sandboxId: sandbox.id, userId: sandbox.users.chen, clientId };
    await database().consent.create({ data: { ...key, allowed: wanted.split(' '), declined: [] } });
    expect(await isAsked(open(clientId, parameters))).toBe(true);
  });

  it('but a confidential app at such an address proves who it is, and our own origin is certain', async () => {
    const secret = await newApp({ redirectUris: ['org.example.app:/callback'], type: 'secret' });
    const parameters = { scope: wanted, redirect_uri: 'org.example.app:/callback' };
    await (await visitBy().start(secret, parameters)).answer('consent', [...ticked('openid'), remember]);
    expect(await isAsked(open(secret, { ...parameters, scope: 'openid' }))).toBe(false);
    const own = await newApp({ redirectUris: ['/samples/app/'] });
    const ownAddress = { scope: 'openid', redirect_uri: `${env().origin}/samples/app/` };
    await (await visitBy().start(own, ownAddress)).answer('consent', [...ticked('openid'), remember]);
    expect(await isAsked(open(own, ownAddress))).toBe(false);
  });
});

describe('a remembered answer ends', () => {
  it('when it is forgotten, for that user alone', async () => {
    const clientId = await newApp();
    await rememberedBy(sandbox.users.chen, clientId);
    await rememberedBy(sandbox.users.admin, clientId);
    await forgetConsent(sandbox.id, sandbox.users.chen, clientId);
    expect(await isAsked(open(clientId))).toBe(true);
    expect(await isAsked(open(clientId, {}, sandbox.users.admin))).toBe(false);
  });

  it('when the registration changes, which the page says: nothing is carried over', async () => {
    const clientId = await newApp();
    await rememberedBy(sandbox.users.chen, clientId);
    const where = { sandboxId_clientId: { sandboxId: sandbox.id, clientId } };
    await database().client.update({ where, data: { name: 'Another app' } });
    const visit = await visitBy().start(clientId, { scope: 'openid user/Patient.rs' });
    expect(await visit.view()).toMatchObject({ changed: true, memory: 'remembered' });
    await visit.answer('consent', [...ticked('openid', 'user/Patient.rs'), remember]);
    expect(await isAsked(open(clientId, { scope: 'openid user/Patient.rs' }))).toBe(false);
    expect(await isAsked(open(clientId, { scope: 'openid user/Condition.rs' }))).toBe(true);
  });

  it('with the app: one registered anew under its id inherits nothing', async () => {
    const clientId = `again-${randomUUID().slice(0, 8)}`;
    await newApp({ clientId });
    await rememberedBy(sandbox.users.chen, clientId);
    await database().client.delete({ where: { sandboxId_clientId: { sandboxId: sandbox.id, clientId } } });
    await newApp({ clientId });
    expect(await isAsked(open(clientId))).toBe(true);
  });
});

describe('scopes that are taken away', () => {
  async function allowing(scope: string, allowed: string[], launched = false) {
    const clientId = await newApp();
    const launch = launched ? await makeLaunch(sandbox, clientId, { patient: 'baby', intent: 'order' }) : undefined;
    const visit = await visitBy().start(clientId, { scope, launch });
    const { step } = await visit.view();
    if (step === 'patient') visit.arrive(await visit.answer('patient', { patient: 'baby' }));
    return tokens(clientId, await visit.answer('consent', ticked(...allowed)));
  }

  it('leave an app without openid no identity', async () => {
    const given = await allowing('openid fhirUser user/Patient.rs', ['user/Patient.rs']);
    expect(given).toMatchObject({ scope: 'user/Patient.rs' });
    expect(given.id_token).toBeUndefined();
  });

  it('leave an app without launch no context, and the patient only with their record', async () => {
    const launch = 'openid launch patient/*.rs';
    expect(await allowing(launch, ['openid'], true)).not.toHaveProperty('patient');
    const withRecord = await allowing(launch, ['patient/*.rs'], true);
    expect(withRecord.patient).toBe('baby');
    expect(withRecord).not.toHaveProperty('intent');
    expect(await allowing('openid launch/patient', ['openid'])).not.toHaveProperty('patient');
  });
});
