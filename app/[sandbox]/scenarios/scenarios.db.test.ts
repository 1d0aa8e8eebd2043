import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeClient, makeSandbox, type SandboxFixture } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { database } from '#lib/data/database/database.ts';
import { findLaunch, hashLaunchId } from '#lib/data/launch/launches.ts';
import { findScenario, findScenarios } from '#lib/data/launch/scenarios.ts';
import { findVisitor, type Member } from '#lib/data/member/memberships.ts';
import { openSession } from '#lib/data/session/tests/open-session.ts';
import { env } from '#lib/env.ts';
import { LaunchId } from '#lib/smart/launch/ids.ts';
import { loadScenarios } from '../(workspace)/scenarios/load-scenarios.ts';
import { dropScenario, makeScenario, saveScenario } from '../admin/scenarios/actions.ts';
import { forgetCookies, formOf, signInAs } from '../tests/action-request.ts';
import { GET, POST } from './[id]/launch/route.ts';

let ours: SandboxFixture;
let theirs: SandboxFixture;
let clientId: string;
let chen: string;

beforeAll(async () => {
  ours = await makeSandbox();
  theirs = await makeSandbox();
  clientId = await makeClient(ours, { scope: 'launch patient/*.rs' });
  await makeClient(theirs, { clientId });
  chen = (await memberOf('chen')).user.username;
});

beforeEach(async () => {
  forgetCookies();
  await database().launchScenario.deleteMany({});
});

async function memberOf(person: 'chen' | 'peter' | 'admin', sandbox = ours): Promise<Member> {
  const found = await findVisitor(sandbox.slug, (await openSession(sandbox.users[person])).hash);
  if (!found?.member) throw new Error(`${person} is no member.`);
  return found.member;
}

/** Saves a scenario as the administrator of a sandbox; answers the form's state when it is not saved. */
async function save(fields: Record<string, string>, sandbox = ours) {
  await signInAs(sandbox.users.admin);
  const form = formOf({ name: 'Visit of the baby', client_id: clientId, embed: 'tab', ...fields });
  return makeScenario(sandbox.slug, {}, form).catch(redirected);
}

function redirected(thrown: unknown): string {
  const { digest = '' } = thrown as { digest?: string };
  if (!digest.startsWith('NEXT_')) throw thrown;
  return digest.startsWith('NEXT_REDIRECT') ? 'saved' : digest;
}

const byHand = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' };
const byButton = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' };
const elsewhere = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

/** The target of a scenario's link or button: one of our paths, or `app` with the parameters of the launch. */
async function lead(
  method: 'GET' | 'POST',
  headers: Record<string, string>,
  id = 'visit-of-the-baby',
  slug = ours.slug,
) {
  const request = new Request(`${env().origin}/${slug}/scenarios/${id}/launch`, { method, headers });
  const answer = await (method === 'GET' ? GET : POST)(request, { params: Promise.resolve({ sandbox: slug, id }) });
  const location = new URL(answer.headers.get('location') ?? '');
  if (location.origin === env().origin) return location.pathname.replace(slug, '…') + location.search;
  const launch = await findLaunch(hashLaunchId(LaunchId.parse(location.searchParams.get('launch'))));
  return { origin: launch?.origin, userId: launch?.userId, ...launch?.parameters };
}

const about = { patient: 'baby', encounter: 'visit', intent: 'review', others: '{"ward":"3"}' };
const parameters = { patient: 'baby', encounter: 'visit', intent: 'review', ward: '3' };

describe('the link of a scenario', () => {
  it('opens its app with everything that it says, as whoever is signed in', async () => {
    expect(await save(about)).toBe('saved');
    await signInAs(ours.users.chen);
    const launched = { origin: 'scenario', userId: ours.users.chen, ...parameters };
    expect(await lead('GET', byHand)).toEqual(launched);
    expect(await lead('POST', byButton)).toEqual(launched);
  });

  it('opens nothing when a page of another site led there: its page asks first', async () => {
    await save(about);
    await signInAs(ours.users.chen);
    const launches = await database().launchContext.count();
    expect(await lead('GET', elsewhere)).toBe('/…/scenarios/visit-of-the-baby');
    expect(await lead('GET', {})).toBe('/…/scenarios/visit-of-the-baby');
    expect(await lead('POST', elsewhere)).toBe('/…/launch/refused?reason=cross-site');
    expect(await database().launchContext.count()).toBe(launches);
  });

  it.each([
    ['popup', '/…/scenarios/visit-of-the-baby'],
    ['frame', '/…/scenarios/visit-of-the-baby/frame'],
    ['phone', '/…/scenarios/visit-of-the-baby/frame'],
  ])('with %s leads to %s, whose form opens the app', async (embed, page) => {
    await save({ ...about, embed });
    await signInAs(ours.users.chen);
    expect(await lead('GET', byHand)).toBe(page);
    expect(await lead('POST', byButton)).toMatchObject(parameters);
  });

  it('has everybody sign in first', async () => {
    await save(about);
    forgetCookies();
    const [link] = ['/…/scenarios/visit-of-the-baby/launch'];
    expect(decodeURIComponent(String(await lead('GET', byHand))).replace(ours.slug, '…')).toBe(
      `/sign-in?callbackUrl=${link}`,
    );
  });

  it('opens for one user alone when it is theirs', async () => {
    await save({ ...about, user: chen });
    await signInAs(ours.users.admin);
    expect(await lead('GET', byHand)).toBe('/…/scenarios/visit-of-the-baby');
    expect(await lead('POST', byButton)).toBe('/…/launch/refused?reason=another-user');
    await signInAs(ours.users.chen);
    expect(await lead('GET', byHand)).toMatchObject(parameters);
  });

  it('shows nobody what they may not see themselves', async () => {
    await save(about);
    await signInAs(ours.users.peter);
    expect(await lead('POST', byButton)).toBe('/…/launch/refused?reason=unknown-patient');
  });

  it('leads to a page that is not there when the scenario is not', async () => {
    await signInAs(ours.users.chen);
    expect(await lead('GET', byHand, 'none')).toBe('/…/scenarios/none');
    expect(await lead('POST', byButton, 'none')).toBe('/…/launch/refused?reason=unknown-scenario');
  });

  it('opens nothing of another sandbox', async () => {
    await save(about);
    await signInAs(theirs.users.chen);
    expect(await lead('GET', byHand)).toBe('/…/launch/refused?reason=not-a-member');
    expect(await lead('POST', byButton)).toBe('/…/launch/refused?reason=not-a-member');
    expect(await lead('POST', byButton, undefined, theirs.slug)).toBe('/…/launch/refused?reason=unknown-scenario');
  });
});

describe('an administrator', () => {
  it('is told that a link name is taken, and another sandbox may have the same', async () => {
    await save(about);
    expect(await save({ ...about, intent: 'other' })).toMatchObject({
      result: { error: { id: [expect.stringContaining('Another')] } },
    });
    expect(await save(about, theirs)).toBe('saved');
    expect((await findScenario(ours.id, 'visit-of-the-baby'))?.parameters).toEqual(parameters);
  });

  it.each([
    [{ user: 'nobody' }, 'user'],
    [{ client_id: 'other' }, 'client_id'],
    [{ fhirContext: '[' }, 'fhirContext'],
  ])('is told what is wrong with %j, and nothing is saved', async (fields, field) => {
    const answer = await save(fields as unknown as Record<string, string>);
    expect(Object.keys((answer as { result: { error: object } }).result.error)).toEqual([field]);
    expect(await findScenarios(ours.id)).toEqual([]);
  });

  it('changes and removes a scenario; its link stays until then', async () => {
    await save(about);
    const form = formOf({ name: 'Renamed', id: 'other', client_id: clientId, embed: 'phone', user: chen });
    expect(await saveScenario(ours.slug, 'visit-of-the-baby', {}, form).catch(redirected)).toBe('saved');
    expect(await findScenarios(ours.id)).toMatchObject([
      { id: 'visit-of-the-baby', name: 'Renamed', embed: 'phone', parameters: {}, user: { name: 'Dr. Chen' } },
    ]);
    expect(await dropScenario(ours.slug, formOf({ scenario: 'visit-of-the-baby' })).catch(redirected)).toBe('saved');
    expect(await findScenarios(ours.id)).toEqual([]);
    expect(await saveScenario(ours.slug, 'gone', {}, form).catch(redirected)).toContain('404');
  });
});

it('the list says why a scenario cannot be launched, and shows patients only what they may open', async () => {
  await save({ name: 'All' });
  await save({ name: 'Chen', user: chen, ...about });
  const seen = async (person: 'chen' | 'peter' | 'admin') =>
    (await loadScenarios(await memberOf(person))).map(({ id, refusal, patient }) => [id, refusal, patient?.name]);
  expect(await seen('chen')).toEqual([
    ['all', undefined, undefined],
    ['chen', undefined, 'Test-baby, Una'],
  ]);
  expect(await seen('admin')).toEqual([
    ['all', undefined, undefined],
    ['chen', 'another-user', 'Test-baby, Una'],
  ]);
  expect(await seen('peter')).toEqual([['all', undefined, undefined]]);
  await save({ name: 'Baby', ...about });
  expect(await seen('peter')).toEqual([['all', undefined, undefined]]);
  expect(await seen('chen')).toHaveLength(3);
  await dropScenario(ours.slug, formOf({ scenario: 'baby' })).catch(redirected);
  await database().client.updateMany({ where: { sandboxId: ours.id }, data: { enabled: false } });
  expect((await seen('chen')).map(([, refusal]) => refusal)).toEqual(['disabled-client', 'disabled-client']);
  await database().client.updateMany({ where: { sandboxId: ours.id }, data: { enabled: true } });
});
