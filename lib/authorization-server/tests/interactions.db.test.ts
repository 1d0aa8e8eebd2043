import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { hashLaunchId } from '#lib/data/launch/launches.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { env } from '#lib/env.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post } from './browser.ts';
import { makeClient, makeEncounter, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';
import { Visit } from './visit.ts';

let sandbox: SandboxFixture;
let trusted: string;
let asking: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  trusted = await makeClient(sandbox);
  asking = await makeClient(sandbox, { trusted: false });
  const more = [makeEncounter('second', 'baby'), makeEncounter('one', 'peter'), makeEncounter('other', 'peter')];
  await putResources(sandbox.id, more);
});

/** A new browser with this user signed in, or nobody. */
const visitBy = (userId?: string) => Visit.by(sandbox, userId);

async function tokens(clientId: string, response: Response) {
  const { code = '' } = answerToApp(response);
  const exchanged = await post(sandbox, 'token', exchangeFields(clientId, code));
  expect(exchanged.status).toBe(200);
  return exchanged.json();
}

describe('consent', () => {
  it('shows the app, the patient and every scope, and gives what was allowed', async () => {
    const launch = await makeLaunch(sandbox, asking);
    const visit = await visitBy(sandbox.users.chen).start(asking, { launch });
    const view = await visit.view();
    expect(view).toMatchObject({
      step: 'consent',
      client: { clientId: asking },
      patient: { id: 'baby' },
      member: { name: 'Dr. Chen' },
      scopes: ['openid', 'fhirUser', 'launch', 'patient/*.rs', 'offline_access'].map((scope) => ({
        scope,
        standing: 'first',
      })),
    });
    const allowed: [string, string][] = [
      ['scope', 'openid'],
      ['scope', 'patient/*.rs'],
      ['scope', 'user/*.cruds'],
    ];
    const given = await tokens(asking, await visit.answer('consent', allowed));
    expect(given).toMatchObject({ scope: 'openid patient/*.rs', patient: 'baby' });
  });

  it('tells the app when the user denies, and uses up nothing [SMART 54 59]', async () => {
    const launch = await makeLaunch(sandbox, asking);
    const visit = await visitBy(sandbox.users.chen).start(asking, { launch });
    const denied = answerToApp(await visit.answer('deny'));
    expect(denied).toMatchObject({ error: 'access_denied', state: 'the state' });
    expect(denied.code).toBeUndefined();
    await visitBy(sandbox.users.chen).start(asking, { launch });
  });

  it('tells the app when the user allows nothing', async () => {
    const launch = await makeLaunch(sandbox, asking);
    const visit = await visitBy(sandbox.users.chen).start(asking, { launch });
    expect(answerToApp(await visit.answer('consent')).error).toBe('access_denied');
  });

  it('is asked of a trusted app only when the app wants it', async () => {
    const launch = await makeLaunch(sandbox, trusted);
    const visit = await visitBy(sandbox.users.chen).start(trusted, { launch, prompt: 'consent' });
    expect((await visit.view()).step).toBe('consent');
  });

  it('tells an app that must not ask', async () => {
    const launch = await makeLaunch(sandbox, asking);
    const browser = new Browser(sandbox, sandbox.users.chen);
    const response = await browser.visit(authorizeUrl(sandbox, asking, { launch, prompt: 'none' }));
    expect(answerToApp(response).error).toBe('consent_required');
  });

  it('cannot be given in place of the user by another site, browser or user', async () => {
    const visit = await visitBy(sandbox.users.chen).start(asking, { launch: await makeLaunch(sandbox, asking) });
    const page = `${env().origin}/${sandbox.slug}/oauth/interaction/${visit.uid}`;
    const everything: [string, string][] = [['scope', 'openid']];
    expect(await visit.say('consent', everything, { origin: 'https://evil.example' })).toBe(page);
    expect(await visit.say('consent', everything, { 'sec-fetch-site': 'cross-site' })).toBe(page);
    expect(await visit.say('consent', everything, { cookie: '' })).toBe(page);
    visit.browser.userId = sandbox.users.admin;
    expect(await visit.say('consent', everything)).toBe(`${page}?problem=consent`);
    expect((await visit.view()).step).toBe('expired');
  });

  it('keeps two open pages of one browser apart', async () => {
    const one = await visitBy(sandbox.users.chen).start(asking, { launch: await makeLaunch(sandbox, asking) });
    const launch = await makeLaunch(sandbox, asking, { patient: 'peter' });
    const two = await new Visit(one.browser).start(asking, { launch });
    expect((await one.view()).step).toBe('consent');
    const second = await tokens(asking, await two.answer('consent', { scope: 'patient/*.rs' }));
    const first = await tokens(asking, await one.answer('consent', { scope: 'patient/*.rs' }));
    expect([first.patient, second.patient]).toEqual(['baby', 'peter']);
  });

  it('refuses a launch that was withdrawn or used while the page was open', async () => {
    const launch = await makeLaunch(sandbox, asking);
    const visit = await visitBy(sandbox.users.chen).start(asking, { launch });
    await database().launchContext.update({
      where: { launchId: hashLaunchId(launch) },
      data: { usedAt: new Date() },
    });
    const answer = answerToApp(await visit.answer('consent', { scope: 'patient/*.rs' }));
    expect(answer).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringMatching(/already used/),
    });
  });
});

describe('signing in', () => {
  it('comes first, then the request goes on with the launch', async () => {
    const visit = await visitBy().start(trusted, { launch: await makeLaunch(sandbox, trusted) });
    expect((await visit.view()).step).toBe('sign-in');
    visit.browser.userId = sandbox.users.chen;
    expect((await visit.view()).step).toBe('signed-in');
    expect((await tokens(trusted, await visit.answer('sign-in'))).patient).toBe('baby');
  });

  it("refuses another user's launch after they signed in", async () => {
    const visit = await visitBy().start(trusted, { launch: await makeLaunch(sandbox, trusted) });
    visit.browser.userId = sandbox.users.admin;
    const answer = answerToApp(await visit.answer('sign-in'));
    expect(answer).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringMatching(/another user/),
    });
  });

  it('does not help somebody who is no member', async () => {
    const visit = await visitBy(sandbox.users.stranger).start(trusted);
    expect((await visit.view()).step).toBe('not-a-member');
    expect(await visit.say('sign-in')).toContain('?problem=sign-in');
    expect(answerToApp(await visit.answer('deny')).error).toBe('access_denied');
  });

  it('is wanted again with prompt=login, and must be newer than the request', async () => {
    const visit = visitBy(sandbox.users.chen);
    visit.browser.signedInAt = Math.floor(Date.now() / 1000) - 3600;
    await visit.start(trusted, { prompt: 'login', launch: await makeLaunch(sandbox, trusted) });
    expect((await visit.view()).step).toBe('sign-in');
    expect(await visit.say('sign-in')).toContain('?problem=sign-in');
    visit.browser.signedInAt = Math.floor(Date.now() / 1000) + 1;
    expect((await tokens(trusted, await visit.answer('sign-in'))).patient).toBe('baby');
  });

  it('is not wanted again within max_age, counted from when the password was last given', async () => {
    const visit = visitBy(sandbox.users.chen);
    const now = Math.floor(Date.now() / 1000);
    visit.browser.signedInAt = now - 3600;
    await visit.start(trusted, { max_age: '600' });
    expect((await visit.view()).step).toBe('sign-in');
    visit.browser.signedInAt = now - 60;
    const answer = await visit.browser.visit(
      authorizeUrl(sandbox, trusted, { scope: 'openid user/*.rs', max_age: '600' }),
    );
    const given = await tokens(trusted, answer);
    expect(JSON.parse(Buffer.from(given.id_token.split('.')[1], 'base64url').toString()).auth_time).toBe(now - 60);
  });

  it('does not carry one user over to the next in the same browser', async () => {
    const browser = new Browser(sandbox, sandbox.users.chen);
    await browser.visit(authorizeUrl(sandbox, trusted, { launch: await makeLaunch(sandbox, trusted) }));
    browser.userId = sandbox.users.admin;
    const launch = await makeLaunch(sandbox, trusted, { patient: 'baby' }, sandbox.users.admin);
    const given = await tokens(trusted, await browser.visit(authorizeUrl(sandbox, trusted, { launch })));
    const introspected = await post(sandbox, 'introspect', { token: given.access_token, client_id: trusted });
    expect((await introspected.json()).sub).toBe(sandbox.users.admin);
    browser.userId = undefined;
    const visit = visitBy();
    visit.arrive(await browser.visit(authorizeUrl(sandbox, trusted)));
  });
});

describe('a standalone launch', () => {
  const scope = 'openid launch/patient patient/*.rs';

  it('lets a clinician search and choose a patient [SMART 353 363]', async () => {
    const visit = await visitBy(sandbox.users.chen).start(trusted, { scope });
    const all = await visit.view();
    expect(all.step === 'patient' && all.patients.map(({ id }) => id).sort()).toEqual(['baby', 'peter']);
    const found = await visit.view('test-ba');
    expect(found.step === 'patient' && found.patients.map(({ id }) => id)).toEqual(['baby']);
    expect(await visit.say('patient', { patient: 'nobody' })).toContain('?problem=patient');
    const given = await tokens(trusted, await visit.answer('patient', { patient: 'baby' }));
    expect(given).toMatchObject({ patient: 'baby', need_patient_banner: true, scope });
  });

  it('asks for a patient when there are patient scopes, and then for consent [SMART 164]', async () => {
    const visit = await visitBy(sandbox.users.chen).start(asking, { scope: 'openid patient/Patient.read' });
    visit.arrive(await visit.answer('patient', { patient: 'peter' }));
    expect(await visit.view()).toMatchObject({ step: 'consent', patient: { id: 'peter' } });
    const given = await tokens(asking, await visit.answer('consent', { scope: 'patient/Patient.read' }));
    expect(given).toMatchObject({ patient: 'peter', scope: 'patient/Patient.read' });
  });

  it("takes a patient's own record without asking", async () => {
    const browser = new Browser(sandbox, sandbox.users.peter);
    const given = await tokens(trusted, await browser.visit(authorizeUrl(sandbox, trusted, { scope })));
    expect(given.patient).toBe('peter');
  });

  it('asks for the encounter too, which may be none [SMART 149 364]', async () => {
    const wanted = { scope: 'openid launch/patient launch/encounter patient/*.rs' };
    const visit = await visitBy(sandbox.users.chen).start(trusted, wanted);
    visit.arrive(await visit.answer('patient', { patient: 'baby' }));
    const view = await visit.view();
    expect(view.step === 'encounter' && view.encounters.map(({ id }) => id).sort()).toEqual(['second', 'visit']);
    const given = await tokens(trusted, await visit.answer('encounter', { encounter: 'visit' }));
    expect(given).toMatchObject({ patient: 'baby', encounter: 'visit', scope: wanted.scope });

    const other = await visitBy(sandbox.users.chen).start(trusted, wanted);
    other.arrive(await other.answer('patient', { patient: 'peter' }));
    expect(await other.say('encounter', { encounter: 'visit' })).toContain('?problem=encounter');
    const none = await tokens(trusted, await other.answer('encounter', { encounter: '' }));
    expect(none.encounter).toBeUndefined();
    expect(none.scope).toBe('openid launch/patient patient/*.rs');
  });

  it('asks for nothing when the app wants no patient', async () => {
    const browser = new Browser(sandbox, sandbox.users.chen);
    const given = await tokens(
      trusted,
      await browser.visit(authorizeUrl(sandbox, trusted, { scope: 'openid user/*.rs' })),
    );
    expect(given.patient).toBeUndefined();
    expect(given.need_patient_banner).toBeUndefined();
  });
});

describe('an interaction that is over', () => {
  it('is said to have expired, in another browser and after it was answered', async () => {
    const visit = await visitBy(sandbox.users.chen).start(asking, { launch: await makeLaunch(sandbox, asking) });
    const elsewhere = visitBy(sandbox.users.chen);
    elsewhere.uid = visit.uid;
    expect((await elsewhere.view()).step).toBe('expired');
    const resume = await visit.say('consent', { scope: 'patient/*.rs' });
    await visit.browser.visit(resume);
    expect((await visit.view()).step).toBe('expired');
    const again = await visit.browser.visit(resume);
    expect(again.status).toBe(400);
    expect(await again.text()).toContain('This sign-in has expired');
  });
});
