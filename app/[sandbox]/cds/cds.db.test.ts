import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Observation, Patient } from 'fhir/r4';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventsOf } from '#lib/audit/tests/events.ts';
import { searchAudit } from '#lib/data/audit/search.ts';
import { changeCdsService, findCdsServices, registerCdsServices, removeCdsService } from '#lib/data/cds/services.ts';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { findSigningKeys } from '#lib/data/token/signing-keys.ts';
import { env, fhirBaseOf, issuerOf } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import { answerFhir } from '#lib/resource-server/answer-fhir.ts';
import { readAuditSearch } from '#lib/resource-server/audit/audit-bundle.ts';
import { forgetCookies, signInAs } from '../tests/action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from '../tests/people.ts';
import { POST as accept } from './cards/[card]/accept/route.ts';
import { POST as override } from './cards/[card]/override/route.ts';
import { POST as startEncounter } from './encounters/route.ts';
import { POST as fire } from './hooks/route.ts';
import { POST as launch } from './launch/route.ts';
import { POST as order } from './orders/route.ts';
import { CdsServer, type Received } from './tests/cds-server.ts';

const cds = new CdsServer();
let ours: number;
let people: TwoSandboxes['people'];
let colleague: string;

beforeAll(async () => {
  await cds.start();
  ({ ours, people } = await makeTwoSandboxes());
  const stands = (userId: string, fhirUser: string) =>
    database().membership.update({ where: { sandboxId_userId: { sandboxId: ours, userId } }, data: { fhirUser } });
  await stands(people.clinician, 'Practitioner/dr');
  await stands(people.patient, 'Patient/other');
  const memberships = { create: { sandboxId: ours, role: 'clinician' as const, fhirUser: 'Practitioner/two' } };
  colleague = (await database().user.create({ data: { username: 'two', name: 'Two', passwordHash: '', memberships } }))
    .id;
  await putResources(ours, [patient('baby'), patient('other'), lab('b1', 'baby'), lab('o1', 'other')]);
  await database().client.create({ data: { ...app(), clientId: 'chart', launchUri: 'https://chart.example/launch' } });
  await database().client.create({
    data: { ...app(), clientId: 'off', launchUri: 'https://off.example/launch', enabled: false },
  });
});
afterAll(() => cds.stop());

beforeEach(async () => {
  forgetCookies();
  await signInAs(people.clinician);
  await database().cdsService.deleteMany();
  cds.received.length = 0;
});

function app() {
  const common = { name: 'Chart', type: 'public' as const, scope: 'launch patient/*.rs', redirectUris: [] };
  return { sandboxId: ours, ...common };
}

function patient(id: string): Patient {
  return { resourceType: 'Patient', id, name: [{ family: id }] };
}

function lab(id: string, of: string): Observation {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'x' },
    subject: { reference: `Patient/${of}` },
  };
}

interface Registered {
  hook?: string;
  prefetch?: Record<string, string>;
  scope?: string;
}

async function register(serviceId: string, { hook = 'patient-view', prefetch = {}, scope = '' }: Registered = {}) {
  const described = { title: serviceId, description: 'x', usage: '', discoveryUrl: cds.discoveryUrl };
  await registerCdsServices(ours, [{ ...described, serviceId, hook, prefetch }]);
  const { id = '' } = (await findCdsServices(ours)).find((service) => service.serviceId === serviceId) ?? {};
  await changeCdsService(ours, id, { scope });
  await changeCdsService(ours, id, { enabled: true });
  return id;
}

type Route<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

function send<Params extends object>(route: Route<Params>, params: Params, body: object, headers: object = {}) {
  const sent = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', ...headers };
  const init = { method: 'POST', headers: sent, body: JSON.stringify(body) };
  return route(new Request(`${env().origin}/ours/cds`, init), { params: Promise.resolve(params) });
}

const inOurs = { sandbox: 'ours' };

/** Fires a hook and reads the whole response: the answers by the services' titles. */
async function fired(body: object = { hook: 'patient-view', patient: 'baby' }) {
  const response = await send(fire, inOurs, body);
  expect(response.status).toBe(200);
  const [{ asked }, ...answers] = (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const titles = new Map<string, string>(asked.map(({ id, title }: { id: string; title: string }) => [id, title]));
  return Object.fromEntries(answers.map(({ service, ...answer }) => [titles.get(service), answer]));
}

const card = { uuid: 'u-1', summary: 'Look', indicator: 'info', source: { label: 'Us' } };
const task = { resourceType: 'Task', status: 'requested', intent: 'order', for: { reference: 'Patient/baby' } };
const identified = { ...patient('baby'), identifier: [{ system: 'http://hospital.example/mrn', value: '2' }] };
const script = {
  status: 'generated',
  div: '<div xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></div>',
};
const suggestion = (...actions: object[]) => ({ label: 'Do it', uuid: 's-1', actions });
const create = (resource: object) => ({ type: 'create', description: 'x', resource });

/** Has a card with the members `more` shown, and answers its id. */
async function shown(more: object, who = people.clinician): Promise<string> {
  await register('cards');
  cds.answer('cards', { cards: [{ ...card, ...more }] });
  await signInAs(who);
  const { cards } = await fired();
  return cards.cards[0].id;
}

const suggested = (...actions: object[]) => ({
  suggestions: [suggestion(...actions)],
  selectionBehavior: 'at-most-one',
});
const tasks = () => database().resource.count({ where: { sandboxId: ours, resourceType: 'Task', deleted: false } });

describe('the request to a service', () => {
  it('carries the context, what prefetch may hold, and a token of our own', async () => {
    const prefetch = { patient: 'Patient/{{context.patientId}}', labs: 'Observation?patient={{context.patientId}}' };
    const id = await register('one', { prefetch, scope: 'patient/Patient.r patient/Observation.rs' });
    cds.answer('one', { cards: [] });
    expect(await fired()).toEqual({ one: { cards: [], problems: [], systemActions: 0, withheld: [] } });
    expect(cds.received[0]?.body).toMatchObject({
      hook: 'patient-view',
      hookInstance: expect.stringMatching(/^[0-9a-f-]{36}$/),
      fhirServer: fhirBaseOf('ours'),
      context: { userId: 'Practitioner/dr', patientId: 'baby' },
      fhirAuthorization: {
        token_type: 'Bearer',
        expires_in: 300,
        scope: 'patient/Patient.r patient/Observation.rs',
        subject: `cds:${id}`,
        patient: 'baby',
      },
      prefetch: { patient: { id: 'baby' }, labs: { type: 'searchset', entry: [{ resource: { id: 'b1' } }] } },
    });
  });

  it('is signed with a published key of the issuer, for this endpoint, once', async () => {
    await register('one');
    cds.answer('one', { cards: [] });
    await fired();
    await fired();
    const keys = (await findSigningKeys(ours)).map(({ d: _, ...key }) => key);
    const audience = `${cds.discoveryUrl}/one`;
    const verified = cds.received.map(({ authorization }) =>
      jwtVerify(authorization.replace(/^Bearer /, ''), createLocalJWKSet({ keys }), {
        audience,
        issuer: issuerOf('ours'),
      }),
    );
    const [first, second] = await Promise.all(verified);
    expect(first?.protectedHeader).toMatchObject({ alg: 'ES384', typ: 'JWT', jku: `${issuerOf('ours')}/oauth/jwks` });
    expect((first?.payload.exp ?? 0) - (first?.payload.iat ?? 0)).toBe(300);
    expect(first?.payload.tenant).toBe('ours');
    expect(first?.payload.jti).not.toBe(second?.payload.jti);
  });

  it('leaves out what the scopes forbid, and says null where there is nothing', async () => {
    const prefetch = {
      none: 'Observation?patient={{context.patientId}}&code=nothing',
      forbidden: 'Condition?patient={{context.patientId}}',
      encounter: 'Encounter/{{context.encounterId}}',
      unknown: 'Observation?patient={{context.patientId}}&nonsense=1',
      elsewhere: 'Observation?patient=other',
    };
    await register('one', { prefetch, scope: 'patient/Observation.rs' });
    cds.answer('one', { cards: [] });
    const { one } = await fired();
    expect(one.withheld.sort()).toEqual(['encounter', 'forbidden', 'unknown']);
    expect(cds.received[0]?.body.prefetch).toEqual({ none: null, elsewhere: null });
  });

  it('has neither prefetch nor token without scopes', async () => {
    await register('one', { prefetch: { patient: 'Patient/{{context.patientId}}' } });
    cds.answer('one', { cards: [] });
    await fired();
    expect(Object.keys(cds.received[0]?.body ?? {}).sort()).toEqual(['context', 'fhirServer', 'hook', 'hookInstance']);
  });

  it('holds the draft order when one is selected or signed', async () => {
    await register('select', { hook: 'order-select' });
    await register('sign', { hook: 'order-sign' });
    cds.answer('select', { cards: [] });
    cds.answer('sign', { cards: [] });
    const draft = { resourceType: 'MedicationRequest', id: 'draft-1', status: 'draft' };
    await fired({ hook: 'order-select', patient: 'baby', draft });
    await fired({ hook: 'order-sign', patient: 'baby', draft });
    const draftOrders = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: draft }] };
    expect(cds.received.map(({ body }) => body.context)).toEqual([
      { userId: 'Practitioner/dr', patientId: 'baby', selections: ['MedicationRequest/draft-1'], draftOrders },
      { userId: 'Practitioner/dr', patientId: 'baby', draftOrders },
    ]);
  });
});

describe('the token of a service', () => {
  async function token(scope: string) {
    const id = await register('one', { scope });
    cds.answer('one', { cards: [] });
    await fired();
    const { fhirAuthorization } = cds.received[0]?.body ?? {};
    const { access_token } = fhirAuthorization as { access_token: string };
    const get = async (path: string, slug = 'ours') =>
      (
        await answerFhir(
          new Request(`${fhirBaseOf(slug)}/${path}`, { headers: { authorization: `Bearer ${access_token}` } }),
          slug,
        )
      ).status;
    return { id, get, access_token };
  }

  it('reads of the open patient what its scopes say, and nothing else', async () => {
    const { get } = await token('patient/Observation.rs');
    expect(await get('Observation/b1')).toBe(200);
    expect(await get('Observation/o1')).toBe(404);
    expect(await get('Patient/baby')).toBe(403);
    expect(await get('Observation/b1', 'theirs')).toBe(401);
  });

  it('ends when the service is disabled, also once it is enabled again, or removed', async () => {
    const { id, get } = await token('patient/Observation.rs');
    for (const enabled of [false, true]) {
      await changeCdsService(ours, id, { enabled });
      expect(await get('Observation/b1')).toBe(401);
    }
    const other = await token('patient/Observation.rs');
    await removeCdsService(ours, other.id);
    expect(await other.get('Observation/b1')).toBe(401);
  });

  it('is stored as a hash', async () => {
    const { access_token } = await token('patient/Observation.rs');
    expect(JSON.stringify(await database().oidcPayload.findMany())).not.toContain(access_token);
  });
});

describe('services that do not do as they should', () => {
  const long = 'x'.repeat(10 * 1024 * 1024);
  const at = (name: string) => `/cds-services/${name}`;
  const json = { 'content-type': 'application/json' };
  const cards = JSON.stringify({ cards: [card] });

  /** Sends a byte now and then, and never completes the response. */
  function drip(response: ServerResponse) {
    response.writeHead(200, json);
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  }

  it.each<[string, string, (response: ServerResponse) => unknown]>([
    [
      'redirect',
      'answered with a redirect, which is not followed',
      (to) => to.writeHead(302, { location: at('good') }).end(),
    ],
    [
      'moved',
      'answered with a redirect, which is not followed',
      (to) => to.writeHead(308, { location: at('good') }).end(cards),
    ],
    ['huge', 'answered with more than 1 MB', (to) => to.end(`{"cards":["${long}"]}`)],
    [
      'zipped',
      'answered with more than 1 MB',
      (to) => to.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(long)),
    ],
    [
      'html',
      'answered with something that is not JSON (text/html)',
      (to) => to.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>'),
    ],
    ['untyped', 'answered with something that is not JSON', (to) => to.end('cards')],
    ['broken', 'answered with something that is not JSON', (to) => to.writeHead(200, json).end('{"cards":[')],
    [
      'half',
      'cannot be reached',
      (to) => {
        to.writeHead(200, { ...json, 'content-length': 1000 });
        to.write(cards, () => to.destroy());
      },
    ],
    ['hanging-up', 'cannot be reached', (to) => to.destroy()],
    ['empty', 'answered without a list of cards', (to) => to.writeHead(204).end()],
    ['bare', 'answered without a list of cards', (to) => to.writeHead(200, json).end()],
    ['failing', 'answered with the status 500', (to) => to.writeHead(500, json).end(cards)],
    ['refusing', 'answered with the status 401', (to) => to.writeHead(401, json).end(cards)],
    ['missing', 'answered with the status 404', (to) => to.writeHead(404).end()],
    ['unfed', 'could not get the data that it needs, and said so (412)', (to) => to.writeHead(412).end()],
    ['cardless', 'answered without a list of cards', (to) => to.end('{"card":[]}')],
    ['silent', 'did not answer within 5 s', () => undefined],
    ['dripping', 'did not answer within 5 s', drip],
  ])('%s: %s, and the others are heard', async (service, problem, answer) => {
    cds.answers.set(at(service), answer);
    cds.answer('good', { cards: [card] });
    await register('good');
    const id = await register(service);
    const answers = await fired();
    expect(answers[service]).toEqual({ problem });
    expect(answers.good.cards).toHaveLength(1);
    expect(cds.received.filter(({ path }) => path === at('good'))).toHaveLength(1);
    await vi.waitFor(async () => {
      expect((await findCdsServices(ours)).find((one) => one.id === id)?.lastCall?.outcome).toBe(problem);
    });
  });

  it('that comes after the chart was left is no failure of the server', async () => {
    const held = Promise.withResolvers<ServerResponse>();
    cds.answers.set(at('late'), (to) => held.resolve(to));
    const id = await register('late');
    const failures = vi.spyOn(log, 'error');
    const response = await send(fire, inOurs, { hook: 'patient-view', patient: 'baby' });
    const late = await held.promise;
    await response.body?.cancel();
    late.writeHead(200, json).end(cards);
    await vi.waitFor(async () => {
      expect((await findCdsServices(ours)).find((one) => one.id === id)?.lastCall).toBeDefined();
    });
    await vi.waitFor(async () =>
      expect(await database().cdsCard.count({ where: { sandboxId: ours } })).toBeGreaterThan(0),
    );
    expect(failures).not.toHaveBeenCalled();
    failures.mockRestore();
  });

  it('is heard with cards of another content type, where they are cards', async () => {
    cds.answers.set(at('typed'), (to) => to.writeHead(201, { 'content-type': 'text/plain' }).end(cards));
    await register('typed');
    expect((await fired()).typed.cards).toMatchObject([{ summary: 'Look' }]);
  });

  it('412 for a prefetch that its scopes forbid is told with what it was not given', async () => {
    const prefetch = { patient: 'Patient/{{context.patientId}}', labs: 'Observation?patient={{context.patientId}}' };
    const needsLabs = (to: ServerResponse, { body }: Received) => {
      const given = (body.prefetch ?? {}) as object;
      to.writeHead('labs' in given ? 200 : 412, json).end(cards);
    };
    cds.answers.set(at('needy'), needsLabs);
    const id = await register('needy', { prefetch, scope: 'patient/Patient.r' });
    expect((await fired()).needy).toEqual({
      problem: 'could not get the data that it needs, and said so (412); of its prefetch it was not given labs',
    });
    expect(cds.received[0]?.body.prefetch).toEqual({ patient: expect.objectContaining({ id: 'baby' }) });
    await changeCdsService(ours, id, { scope: 'patient/Patient.r patient/Observation.rs' });
    expect((await fired()).needy.cards).toHaveLength(1);
  });

  it('a prefetch that does not parse is left out, and the service asked all the same', async () => {
    const prefetch = {
      open: 'Observation?patient={{context.patientId',
      old: 'Patient/{{Patient.id}}',
      none: 'nonsense',
    };
    await register('one', { prefetch, scope: 'patient/*.rs' });
    cds.answer('one', { cards: [] });
    expect((await fired()).one.withheld.sort()).toEqual(['none', 'old', 'open']);
    expect(cds.received[0]?.body).not.toHaveProperty('prefetch');
  });

  it('cards that could not be kept are told of, and the good one beside them is shown', async () => {
    await register('one');
    cds.answers.set(at('one'), (to) =>
      to.end(JSON.stringify({ cards: [{ ...card, detail: 'a\0b' }, { ...card, summary: '\ud800' }, card] })),
    );
    expect((await fired()).one).toMatchObject({
      cards: [{ summary: 'Look' }],
      problems: [expect.stringContaining('cards[0]: holds'), expect.stringContaining('cards[1]: holds')],
    });
  });

  it('feedback that nobody takes holds nobody up', async () => {
    const warn = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
    cds.answers.set('/cds-services/cards/feedback', (to) => to.writeHead(500).end());
    const id = await shown(suggested(create(task)));
    expect((await send(accept, { ...inOurs, card: id }, { suggestions: [0] })).status).toBe(200);
    await vi.waitFor(() =>
      expect(warn).toHaveBeenCalledWith('A CDS service did not take feedback.', expect.anything()),
    );
    cds.answers.delete('/cds-services/cards/feedback');
    warn.mockRestore();
  });

  it('malformed cards are told of, and system actions are not done', async () => {
    await register('one');
    cds.answer('one', { cards: [{}, card], systemActions: [create(task)] });
    const before = await tasks();
    const { one } = await fired();
    expect(one).toMatchObject({
      cards: [{ summary: 'Look' }],
      problems: [expect.stringContaining('cards[0]')],
      systemActions: 1,
    });
    expect(await tasks()).toBe(before);
  });

  it('a disabled service is not asked', async () => {
    await changeCdsService(ours, await register('one'), { enabled: false });
    expect(await fired()).toEqual({});
    expect(cds.received).toEqual([]);
  });
});

describe('a suggestion', () => {
  it('is written to the record, once, and the service is told', async () => {
    const id = await shown(suggested(create(task)));
    const feedback = cds.next('/cds-services/cards/feedback');
    const before = await tasks();
    const answer = await send(accept, { ...inOurs, card: id }, { suggestions: [0] });
    expect(await answer.json()).toEqual({ written: [expect.stringMatching(/^Task\//)] });
    expect(await tasks()).toBe(before + 1);
    expect((await feedback).body).toMatchObject({
      feedback: [{ card: 'u-1', outcome: 'accepted', acceptedSuggestions: [{ id: 's-1' }] }],
    });
    expect((await send(accept, { ...inOurs, card: id }, { suggestions: [0] })).status).toBe(409);
    expect((await send(override, { ...inOurs, card: id }, {})).status).toBe(409);
    expect(await tasks()).toBe(before + 1);
  });

  it.each([
    ['for another patient', [create({ ...task, for: { reference: 'Patient/other' } })], 403],
    ['about nobody', [create({ resourceType: 'Task', status: 'requested', intent: 'order' })], 403],
    ['that is not valid R4', [create({ ...task, nonsense: 1 })], 422],
    ['that changes what is not there', [{ type: 'update', resource: { ...task, id: 'nowhere' } }], 404],
    ["that changes another patient's", [{ type: 'update', resource: { ...lab('o1', 'baby') } }], 404],
    ["that deletes another patient's", [{ type: 'delete', resourceId: 'Observation/o1' }], 404],
    ["that refers to another patient's", [create({ ...task, focus: { reference: 'Observation/o1' } })], 403],
    ['that refers to what is not there', [create({ ...task, focus: { reference: 'Observation/nowhere' } })], 403],
    [
      "that refers to another patient's by its address",
      [create({ ...task, focus: { reference: `${env().origin}/ours/fhir/Observation/o1` } })],
      403,
    ],
    ['that gives the patient an identifier', [{ type: 'update', resource: identified }], 403],
    ['that deletes the patient', [{ type: 'delete', resourceId: 'Patient/baby' }], 404],
    ['with a script in its narrative', [create({ ...task, text: script })], 422],
    ['half of which cannot be', [create(task), { type: 'delete', resourceId: 'Observation/o1' }], 404],
  ])('%s is refused whole, and can be dismissed still', async (_, actions, status) => {
    const id = await shown(suggested(...actions));
    const before = await tasks();
    expect((await send(accept, { ...inOurs, card: id }, { suggestions: [0] })).status).toBe(status);
    expect(await tasks()).toBe(before);
    expect((await send(override, { ...inOurs, card: id }, {})).status).toBe(200);
  });

  it('about the draft changes the draft, not the record', async () => {
    await register('cards', { hook: 'order-sign' });
    cds.answer('cards', {
      cards: [{ ...card, ...suggested({ type: 'delete', resourceId: 'MedicationRequest/draft-1' }) }],
    });
    const draft = { resourceType: 'MedicationRequest', id: 'draft-1' };
    const { cards } = await fired({ hook: 'order-sign', patient: 'baby', draft });
    const answer = await send(accept, { ...inOurs, card: cards.cards[0].id }, { suggestions: [0] });
    expect(await answer.json()).toEqual({ written: [], draft: null });
  });

  it.each([[[1]], [[0, 1]]])('chosen as %j, where there is one or one at most, is refused', async (suggestions) => {
    const two = [suggestion(create(task)), suggestion(create(task))];
    const id = await shown(
      suggestions.length > 1 ? { suggestions: two, selectionBehavior: 'at-most-one' } : suggested(create(task)),
    );
    expect((await send(accept, { ...inOurs, card: id }, { suggestions })).status).toBe(400);
  });

  it('several are written together where the service allows it', async () => {
    const two = [suggestion(create(task)), suggestion(create(task))];
    const id = await shown({ suggestions: two, selectionBehavior: 'any' });
    const before = await tasks();
    expect((await send(accept, { ...inOurs, card: id }, { suggestions: [0, 1] })).status).toBe(200);
    expect(await tasks()).toBe(before + 2);
  });

  it.each([
    ['accepted', accept, { suggestions: [0] }],
    ['dismissed', override, {}],
  ])('is not %s by who has become a patient', async (_, route, body) => {
    const id = await shown(suggested(create({ ...task, for: { reference: 'Patient/baby' } })));
    const before = await tasks();
    const where = { sandboxId_userId: { sandboxId: ours, userId: people.clinician } };
    await database().membership.update({ where, data: { role: 'patient', fhirUser: 'Patient/baby' } });
    const { status } = await send(route as typeof accept, { ...inOurs, card: id }, body);
    await database().membership.update({ where, data: { role: 'clinician', fhirUser: 'Practitioner/dr' } });
    expect([status, await tasks()]).toEqual([403, before]);
  });
});

it('a dismissal tells the service why', async () => {
  const reason = { code: 'known', system: 'https://cds.example', display: 'Known' };
  const id = await shown({ overrideReasons: [reason] });
  const feedback = cds.next('/cds-services/cards/feedback');
  await send(override, { ...inOurs, card: id }, { reason: 0, comment: 'Seen' });
  expect((await feedback).body).toMatchObject({
    feedback: [{ card: 'u-1', outcome: 'overridden', overrideReason: { reason, userComment: 'Seen' } }],
  });
});

describe('a card of somebody else', () => {
  it.each(['colleague', 'stranger', 'nobody'])('is none that %s can answer', async (who) => {
    const id = await shown(suggested(create(task)));
    forgetCookies();
    if (who === 'colleague') await signInAs(colleague);
    if (who === 'stranger') await signInAs(people.stranger);
    for (const [route, body] of [
      [accept, { suggestions: [0] }],
      [override, {}],
    ] as const) {
      expect((await send(route, { ...inOurs, card: id }, body)).status).toBe(
        { colleague: 404, stranger: 403, nobody: 401 }[who],
      );
    }
    expect((await send(accept, { sandbox: 'theirs', card: id }, { suggestions: [0] })).status).not.toBe(200);
    expect(await database().cdsCard.findUnique({ where: { id } })).toMatchObject({ outcome: null });
  });

  it('does not open an app', async () => {
    const id = await shown({ links: [{ label: 'App', url: 'https://chart.example/launch', type: 'smart' }] });
    await signInAs(colleague);
    expect((await opened(id)).headers.get('location')).toContain('reason=unknown-card');
  });
});

function opened(cardId: string, link = '0', site = 'same-origin'): Promise<Response> {
  const headers = { 'sec-fetch-site': site, 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ card: cardId, link }).toString();
  return launch(new Request(`${env().origin}/ours/cds/launch`, { method: 'POST', headers, body }), {
    params: Promise.resolve(inOurs),
  });
}

describe('a smart link', () => {
  const links = [
    { label: 'App', url: 'https://chart.example/launch', type: 'smart', appContext: '{"zone":"high"}' },
    { label: 'Page', url: 'https://page.example/', type: 'absolute' },
    { label: 'Unknown', url: 'https://unknown.example/launch', type: 'smart' },
    { label: 'Off', url: 'https://off.example/launch', type: 'smart' },
  ];

  it('opens the registered app for the patient of the card, with its appContext', async () => {
    const location = (await opened(await shown({ links }))).headers.get('location') ?? '';
    expect(location).toMatch(/^https:\/\/chart\.example\/launch\?iss=.*&launch=/);
    const recorded = await database().launchContext.findFirst({
      where: { sandboxId: ours },
      orderBy: { createdAt: 'desc' },
    });
    expect(recorded).toMatchObject({
      clientId: 'chart',
      userId: people.clinician,
      origin: 'cds',
      parameters: { patient: 'baby', appContext: '{"zone":"high"}' },
    });
  });

  it('to an address of two apps is shown with the reason, and opens neither', async () => {
    const twin = { ...app(), name: 'Twin', launchUri: 'https://chart.example/launch', clientId: 'twin' };
    await database().client.create({ data: twin });
    await register('one');
    cds.answer('one', { cards: [{ ...card, links }] });
    const [shownCard] = (await fired()).one.cards;
    expect(shownCard.links[0]).toMatchObject({
      kind: 'unregistered',
      reason: expect.stringMatching(/or more than one/),
    });
    expect((await opened(shownCard.id)).headers.get('location')).toContain('reason=unknown-client');
    await database().client.delete({ where: { sandboxId_clientId: { sandboxId: ours, clientId: 'twin' } } });
  });

  it('to an app that is not registered or disabled is shown with the reason', async () => {
    await register('one');
    cds.answer('one', { cards: [{ ...card, links }] });
    const { one } = await fired();
    expect(one.cards[0].links.map(({ kind }: { kind: string }) => kind)).toEqual([
      'smart',
      'absolute',
      'unregistered',
      'unregistered',
    ]);
    expect(one.cards[0].links[2].reason).toContain('https://unknown.example/launch');
  });

  it.each([
    ['1', 'same-origin', 'unknown-card'],
    ['2', 'same-origin', 'unknown-client'],
    ['3', 'same-origin', 'unknown-client'],
    ['9', 'same-origin', 'unknown-card'],
    ['x', 'same-origin', 'malformed-parameters'],
    ['0', 'cross-site', 'cross-site'],
  ])('number %s from %s is refused: %s', async (link, site, reason) => {
    const before = await database().launchContext.count();
    expect((await opened(await shown({ links }), link, site)).headers.get('location')).toContain(`reason=${reason}`);
    expect(await database().launchContext.count()).toBe(before);
  });
});

describe('an order', () => {
  const draft = {
    resourceType: 'MedicationRequest',
    id: 'draft-1',
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept: { text: 'Ibuprofen' },
    subject: { reference: 'Patient/other' },
    requester: { reference: 'Practitioner/somebody-else' },
  };

  it('is signed by who signs it, now, for the open patient', async () => {
    const answer = await send(order, inOurs, { patient: 'baby', draft });
    const { written } = await answer.json();
    const id = written.split('/')[1];
    const stored = await database().resource.findFirstOrThrow({ where: { sandboxId: ours, id } });
    expect(JSON.parse(stored.content)).toMatchObject({
      status: 'active',
      subject: { reference: 'Patient/baby' },
      requester: { reference: 'Practitioner/dr' },
    });
  });

  it.each([
    [{ patient: 'baby', draft: { ...draft, nonsense: 1 } }, 422],
    [{ patient: 'nobody', draft }, 404],
    [{ patient: 'baby', draft: { ...draft, resourceType: 'Patient' } }, 400],
    [{ patient: 'baby', draft: { ...draft, id: 'b1' } }, 400],
    [{ patient: 'baby' }, 400],
  ])('%j is refused', async (body, status) => {
    expect((await send(order, inOurs, body)).status).toBe(status);
  });

  it('is not signed by a patient', async () => {
    await signInAs(people.patient);
    expect((await send(order, inOurs, { patient: 'other', draft })).status).toBe(403);
  });
});

it('an encounter starts, and encounter-start names it', async () => {
  const { encounter } = await (await send(startEncounter, inOurs, { patient: 'baby' })).json();
  await register('start', { hook: 'encounter-start' });
  cds.answer('start', { cards: [] });
  await fired({ hook: 'encounter-start', patient: 'baby', encounter });
  expect(cds.received[0]?.body.context).toEqual({
    userId: 'Practitioner/dr',
    patientId: 'baby',
    encounterId: encounter,
  });
});

describe('who may fire hooks', () => {
  const body = { hook: 'patient-view', patient: 'baby' };

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }, body, 403],
    ['the chart of nobody', {}, { ...body, patient: randomUUID() }, 404],
    ["another patient's encounter", {}, { ...body, encounter: 'nowhere' }, 404],
    ['an unknown hook', {}, { ...body, hook: 'patient-list' }, 400],
    ['nothing', {}, {}, 400],
  ])('not %s', async (_, headers, sent, status) => {
    await register('one');
    expect((await send(fire, inOurs, sent, headers)).status).toBe(status);
    expect(cds.received).toEqual([]);
  });

  it('nor a patient, also about themselves; the log has it', async () => {
    await register('one');
    await signInAs(people.patient);
    const [refused] = await eventsOf(ours, () => send(fire, inOurs, { ...body, patient: 'other' }));
    expect(refused).toMatchObject({ username: 'patient', interaction: 'cds-hook', status: 403, patients: ['other'] });
    expect((await send(fire, inOurs, { ...body, patient: 'other' })).status).toBe(403);
    expect(cds.received).toEqual([]);
  });

  it('nor who stands for no FHIR resource, is a stranger or signed out', async () => {
    await signInAs(people.admin);
    expect((await send(fire, inOurs, body)).status).toBe(409);
    await signInAs(people.stranger);
    expect((await send(fire, inOurs, body)).status).toBe(403);
    forgetCookies();
    expect((await send(fire, inOurs, body)).status).toBe(401);
  });
});

describe('the audit log', () => {
  const who = { username: 'clinician', fhirUser: 'Practitioner/dr', method: 'POST' };
  const events = (...work: (() => Promise<unknown>)[]) => eventsOf(ours, ...work);

  it('has which service was told what of whom, by which hook, because of whom', async () => {
    const prefetch = { patient: 'Patient/{{context.patientId}}', labs: 'Observation?patient={{context.patientId}}' };
    const one = await register('one', { prefetch, scope: 'patient/Patient.r patient/Observation.rs' });
    const bare = await register('bare');
    cds.answer('one', { cards: [] });
    cds.answer('bare', { cards: [] });
    const found = (await events(() => fired())).toSorted((a, b) => b.entitiesAll - a.entitiesAll);
    const recorded = { ...who, interaction: 'cds-hook', action: 'R', path: 'cds/hooks/patient-view', status: 200 };
    expect(found).toMatchObject([
      { ...recorded, clientId: `cds:${one}`, patients: ['baby'], entities: ['Observation/b1', 'Patient/baby'] },
      { ...recorded, clientId: `cds:${bare}`, patients: ['baby'], entities: ['Patient/baby'] },
    ]);
    expect(found[0]?.query).toMatch(/^service=one&hookInstance=[0-9a-f-]{36}$/);
  });

  it('has what a service was told that gave no advice', async () => {
    await register('missing', { prefetch: { labs: 'Observation?patient=baby' }, scope: 'patient/Observation.rs' });
    expect(await events(() => fired())).toMatchObject([
      { interaction: 'cds-hook', status: 502, outcome: 8, entities: ['Observation/b1', 'Patient/baby'] },
    ]);
  });

  it('names the service to administrators', async () => {
    const id = await register('one');
    cds.answer('one', { cards: [] });
    await events(() => fired());
    const request = readAuditSearch([['altid', `cds:${id}`]], fhirBaseOf('ours'));
    expect((await searchAudit(ours, request)).records).toMatchObject([
      { clientName: 'one', userName: 'The clinician' },
    ]);
  });

  it('has that a hook was refused for a patient out of reach, and nothing where no service is asked', async () => {
    const beyond = { hook: 'patient-view', patient: 'nobody' };
    expect(await events(() => send(fire, inOurs, beyond))).toMatchObject([
      { ...who, interaction: 'cds-hook', status: 404, outcome: 4, clientId: null, patients: ['nobody'] },
    ]);
    expect(await events(() => fired())).toEqual([]);
  });

  it('has what an accepted suggestion wrote, and who proposed it', async () => {
    const id = await shown(suggested(create(task)));
    const accepted = () => send(accept, { ...inOurs, card: id }, { suggestions: [0] });
    const about = { ...who, interaction: 'cds-suggestion', action: 'E', clientId: null, patients: ['baby'] };
    const path = `cds/cards/${id}/accept`;
    const query = 'service=cards&suggestions=0';
    const [done, again] = await events(accepted, accepted);
    expect(done).toMatchObject({ ...about, path, query, status: 200, outcome: 0 });
    expect(done?.entities).toEqual(['Patient/baby', expect.stringMatching(/^Task\//)]);
    expect(again).toMatchObject({ ...about, path, query, status: 409, outcome: 4, entities: ['Patient/baby'] });
  });

  it('has a card that was dismissed, and whose it was', async () => {
    const id = await shown({});
    const dismissed = () => send(override, { ...inOurs, card: id }, {});
    const about = { ...who, interaction: 'cds-override', path: `cds/cards/${id}/override`, patients: ['baby'] };
    expect(await events(dismissed, dismissed)).toMatchObject([
      { ...about, status: 200, outcome: 0 },
      { ...about, status: 409, outcome: 4 },
    ]);
  });

  it('has a suggestion that was refused, also of a card of somebody else', async () => {
    const id = await shown(suggested(create({ ...task, for: { reference: 'Patient/other' } })));
    const accepted = () => send(accept, { ...inOurs, card: id }, { suggestions: [0] });
    const [refused] = await events(accepted);
    expect(refused).toMatchObject({ ...who, status: 403, outcome: 4, patients: expect.arrayContaining(['baby']) });
    await signInAs(colleague);
    expect(await events(accepted)).toMatchObject([{ username: 'two', status: 404, outcome: 4, patients: [] }]);
  });

  it('has an order and an encounter, done or refused', async () => {
    const draft = {
      resourceType: 'MedicationRequest',
      id: 'draft-1',
      medicationCodeableConcept: { text: 'Ibuprofen' },
    };
    const sign = (patient: string) => () => send(order, inOurs, { patient, draft });
    const begin = (patient: string) => () => send(startEncounter, inOurs, { patient });
    const found = await events(sign('baby'), begin('baby'), sign('nobody'), begin('nobody'));
    expect(found).toMatchObject([
      { ...who, interaction: 'order', action: 'C', status: 200, patients: ['baby'] },
      { ...who, interaction: 'encounter', action: 'C', status: 200, patients: ['baby'] },
      { ...who, interaction: 'order', status: 404, outcome: 4, patients: ['nobody'] },
      { ...who, interaction: 'encounter', status: 404, outcome: 4, patients: ['nobody'] },
    ]);
    expect(found[0]?.entities).toEqual([expect.stringMatching(/^MedicationRequest\//), 'Patient/baby']);
    await signInAs(people.patient);
    expect(await events(sign('other'))).toMatchObject([{ username: 'patient', status: 403, patients: ['other'] }]);
  });
});
