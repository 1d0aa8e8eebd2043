/** Every page, route and action that takes an id, asked for what is another's and for what is not there. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { post } from '#lib/authorization-server/tests/browser.ts';
import { makeClient, makeEncounter, makePatient, secret } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { Visit } from '#lib/authorization-server/tests/visit.ts';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { env } from '#lib/env.ts';
import { forgetCookies, formOf, signInAs } from './action-request.ts';
import { type Entrance, findEntrances } from './entrances.ts';
import { type Holdings, makeHoldings } from './holdings.ts';

let ours: Holdings;
let others: Holdings;
/** Ids of the same length: in the record of another patient, and of nothing. */
const [theirs, nowhere] = ['theirs', 'nobody'];

const routes = await findEntrances('route');
const pages = await findEntrances('page');
const actions = await findEntrances('actions');

beforeAll(async () => {
  [ours, others] = [await makeHoldings(), await makeHoldings()];
  const subject = { reference: `Patient/${theirs}` };
  const study = { resourceType: 'ImagingStudy' as const, id: theirs, status: 'available' as const, subject };
  const visits = [makeEncounter(theirs, theirs), makeEncounter('second', 'baby')];
  await putResources(ours.id, [makePatient(theirs), study, ...visits]);
  await database().membership.updateMany({ where: { userId: ours.users.peter }, data: { proxyFor: ['baby'] } });
});

type Entry = (id: string) => unknown;

const named = (entrances: Entrance[], file: string) => {
  const found = entrances.find((one) => one.file === `app/[sandbox]/${file}`);
  if (!found) throw new Error(`There is no ${file}.`);
  return found.exports as Record<string, (...given: unknown[]) => unknown>;
};

const page =
  (file: string, params: (id: string) => object): Entry =>
  (id) =>
    named(pages, `${file}/page.tsx`).default?.({
      params: Promise.resolve({ sandbox: ours.slug, ...params(id) }),
      searchParams: Promise.resolve({}),
    });

const route =
  (method: string, file: string, sent: (id: string) => { query?: string; body?: BodyInit; params?: object }): Entry =>
  (id) => {
    const { query = '', body = null, params = {} } = sent(id);
    const json: Record<string, string> = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    const headers = { origin: env().origin, 'sec-fetch-site': 'same-origin', ...json };
    const request = new Request(`${env().origin}/${ours.slug}/x${query}`, { method, headers, body });
    const context = { params: Promise.resolve({ sandbox: ours.slug, ...params }) };
    return named(routes, `${file}/route.ts`)[method]?.(request, context);
  };

const posted = (file: string, body: (id: string) => unknown) =>
  route('POST', file, (id) => ({ body: JSON.stringify(body(id)) }));
const launched = (fields: (id: string) => Record<string, string>) =>
  route('POST', 'launch', (id) => ({ body: formOf({ client_id: ours.clientId, ...fields(id) }) }));

const draft = (id: string) => ({ resourceType: 'MedicationRequest', id: randomUUID(), note: [{ text: id }] });

/** What a patient, who sees their own record alone, may ask for by an id. */
const ofPatients: Record<string, Entry> = {
  'a chart': page('(workspace)/patients/[id]', (id) => ({ id })),
  'a launch for a patient': launched((id) => ({ patient: id })),
  'a launch in an encounter': launched((id) => ({ patient: 'peter', encounter: id })),
  'a launch in an encounter alone': launched((id) => ({ encounter: id })),
  'a launch with fhirContext': launched((id) => ({ patient: 'peter', fhirContext: `ImagingStudy/${id}` })),
  'the encounters of a launch': route('GET', 'launch/encounters', (id) => ({ query: `?patient=${id}` })),
  'the patients of a launch': route('GET', 'launch/patients', (id) => ({ query: `?q=${id}` })),
  'a hook for a patient': posted('cds/hooks', (id) => ({ hook: 'patient-view', patient: id })),
  'a hook in an encounter': posted('cds/hooks', (id) => ({ hook: 'encounter-start', patient: 'peter', encounter: id })),
  'an encounter for a patient': posted('cds/encounters', (id) => ({ patient: id })),
  'an order for a patient': posted('cds/orders', (id) => ({ patient: id, draft: draft('x') })),
  'an order in an encounter': posted('cds/orders', (id) => ({ patient: 'peter', encounter: id, draft: draft('x') })),
  'a choice of the patient': (id) => chosen('patient', id),
  'a choice of the encounter': (id) => chosen('encounter', id),
};

async function chosen(step: 'patient' | 'encounter', id: string): Promise<string> {
  const scope = 'launch/patient launch/encounter patient/*.rs';
  const visit = await Visit.by(ours, ours.users.peter).start(await makeClient(ours), { scope, nonce: undefined });
  if (step === 'encounter') await visit.arrive(await visit.answer('patient', { patient: 'baby' }));
  const answer = await visit.say(step, { [step]: id });
  return answer.replaceAll(/[\w-]{16,}/g, 'uid');
}

/** What everybody may ask for by an id of another user, app or sandbox; the second is an id of nothing. */
const ofOthers: Record<string, [ids: () => Promise<[string, string]> | [string, string], entry: Entry]> = {
  'a card of another user': [
    () => cards(),
    route('POST', 'cds/cards/[card]/accept', (card) => ({
      params: { card },
      body: JSON.stringify({ suggestions: [0] }),
    })),
  ],
  'access of another user': [
    () => [ours.grantId, randomUUID()],
    (id) => act('(workspace)/access', 'revokeOwn', { grant_id: id }),
  ],
  'a member of another sandbox': [
    () => [others.users.chen, randomUUID()],
    page('admin/members/[userId]', (userId) => ({ userId })),
  ],
  'an app of another sandbox': [
    () => [others.clientId, others.clientId.replace(/.$/, '%')],
    page('admin/apps/[clientId]/edit', (clientId) => ({ clientId })),
  ],
  'a token of another app': [
    () => [ours.token, randomUUID()],
    async (id) => {
      const clientId = await makeClient(ours, { type: 'secret', dynamic: true });
      return post(ours, 'introspect', { token: id, client_id: clientId, client_secret: secret });
    },
  ],
  'the revocation of a token of another app': [
    () => [ours.refreshToken, randomUUID()],
    async (id) => {
      const client = { client_id: await makeClient(ours, { type: 'secret' }), client_secret: secret };
      return post(ours, 'revoke', { token: id, ...client });
    },
  ],
};

async function cards(): Promise<[string, string]> {
  const { id } = await database().cdsCard.findFirstOrThrow({ where: { sandboxId: ours.id } });
  return [id, randomUUID()];
}

function act(file: string, prefix: string, fields: Record<string, string>): unknown {
  const found = Object.entries(named(actions, `${file}/actions.ts`)).find(([name]) => name.startsWith(prefix));
  if (!found) throw new Error(`${file} has no action ${prefix}.`);
  return found[1](ours.slug, formOf(fields));
}

/** What somebody sees of an answer, but for the id that they sent and what differs between any two answers. */
async function seen(call: () => unknown, id: string): Promise<unknown> {
  try {
    const answer = await call();
    if (!(answer instanceof Response)) return typeof answer === 'string' ? answer : 'shown';
    const headers = [...answer.headers].filter(([name]) => name !== 'date');
    return JSON.stringify([answer.status, headers, await answer.text()]).replaceAll(id, 'it');
  } catch (thrown) {
    const { digest } = thrown as { digest?: string };
    if (!digest) throw thrown;
    return digest.replaceAll(id, 'it');
  }
}

describe('what is in another patient’s record is like what is not there', () => {
  it.each(Object.keys(ofPatients))('%s', async (entry) => {
    forgetCookies();
    await signInAs(ours.users.peter);
    const ask = (id: string) => seen(() => ofPatients[entry]?.(id), id);
    const answer = await ask(theirs);
    expect(answer).toEqual(await ask(nowhere));
    expect(answer).not.toBe('shown');
  });
});

describe('what is another user’s, app’s or sandbox’s is like what is not there', () => {
  it.each(Object.keys(ofOthers))('%s', async (entry) => {
    forgetCookies();
    await signInAs(ours.users.admin);
    const [ids, ask] = ofOthers[entry] ?? [];
    const [foreign, none] = (await ids?.()) ?? ['', ''];
    const answer = await seen(() => ask?.(foreign), foreign);
    expect(answer).toEqual(await seen(() => ask?.(none), none));
  });
});
