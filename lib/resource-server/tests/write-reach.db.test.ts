import { randomUUID } from 'node:crypto';
import type { Bundle, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { readPrebuilt } from '#lib/fhir/definition/prebuilt.ts';
import { Chance } from './enforcement/random.ts';
import { bearersFor, fhirServer } from './fhir-server.ts';
import { bodies, hersElsewhere } from './write-reach/bodies.ts';
import {
  type Content,
  emma,
  isHers,
  isHersToChange,
  keepsOthers,
  nearContent,
  others,
  randomContent,
  resourceOf,
  touches,
} from './write-reach/content.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

beforeAll(async () => {
  here = await fhirServer(bearersFor(emma));
  await here.put([emma, ...others].map((id) => ({ resourceType: 'Patient', id })));
  await here.put(hersElsewhere as unknown as Resource[]);
});

const patient = (id: string) => ({ reference: `Patient/${id}` });
const jsonPatch = { 'content-type': 'application/json-patch+json' };

describe.each(['emma', 'own-record'])('as %s', (token) => {
  it('records nothing for another patient as the recorder', async () => {
    const body = { ...resourceOf('AllergyIntolerance', [['B'], [emma], []]) };
    const response = await here.send('POST', '/AllergyIntolerance', token, body);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('Every patient whom it names must be within your reach');
  });

  it('moves nothing to another patient as the performer', async () => {
    const id = `own-${token}`;
    await here.put([resourceOf('Observation', [[emma], []], id)] as unknown as Resource[]);
    const moved = resourceOf('Observation', [['B'], [emma]], id);
    expect((await here.send('PUT', `/Observation/${id}`, token, moved)).status).toBe(403);
    const stored = await (await here.send('GET', `/Observation/${id}`, 'clinician')).json();
    expect(stored.subject).toEqual(patient(emma));
  });

  it.each([
    ['Communication', { sender: patient('B'), recipient: [patient(emma)], payload: [{ contentString: 'I am well.' }] }],
    ['CommunicationRequest', { requester: patient('B'), recipient: [patient(emma)] }],
    ['DocumentManifest', { author: [patient('B')], recipient: [patient(emma)] }],
    ['Composition', { author: [patient('B')], attester: [{ mode: 'legal', party: patient(emma) }] }],
  ])('rewrites no %s of another patient that is about nobody', async (type, said) => {
    const id = `said-${token}`;
    const body = { ...resourceOf(type, [], id), ...said };
    await here.put([body] as unknown as Resource[]);
    const changed = { ...body, language: 'en' };
    expect((await here.send('PUT', `/${type}/${id}`, token, changed)).status).toBe(404);
    const patch = [{ op: 'add', path: '/language', value: 'en' }];
    expect((await here.send('PATCH', `/${type}/${id}`, token, patch, jsonPatch)).status).toBe(404);
    expect((await here.send('PUT', `/${type}/${id}`, 'clinician', changed)).status).toBe(200);
  });

  it('brings back nothing that was also another patient’s', async () => {
    const id = `gone-${token}`;
    await here.put([resourceOf('Observation', [[emma], ['B']], id)] as unknown as Resource[]);
    expect((await here.send('DELETE', `/Observation/${id}`, 'clinician')).status).toBe(204);
    const back = resourceOf('Observation', [[emma], []], id);
    expect((await here.send('PUT', `/Observation/${id}`, token, back)).status).toBe(404);
    expect((await here.send('DELETE', `/Observation/${id}`, token)).status).toBe(404);
  });

  it('tells by If-Match no more of what is another patient’s than of what is not there', async () => {
    const id = `theirs-${token}`;
    await here.put([resourceOf('Observation', [['B'], [emma]], id)] as unknown as Resource[]);
    const refusal = async (method: string, name: string, match?: string) => {
      const body = method === 'PUT' ? resourceOf('Observation', [['B'], [emma]], name) : undefined;
      const headers: Record<string, string> = match ? { 'if-match': match } : {};
      const response = await here.send(method, `/Observation/${name}`, token, body, headers);
      return [response.status, (await response.text()).replaceAll(name, 'it')];
    };
    for (const method of ['PUT', 'DELETE']) {
      expect(await refusal(method, id, 'W/"1"')).toEqual(await refusal(method, 'never', 'W/"1"'));
      const plain = await refusal(method, id);
      expect(plain[0]).toBe(404);
    }
  });
});

/** A try to write: the content that is stored already, if any, and the content that is sent. */
interface Try {
  type: string;
  id: string;
  before: Content;
  after: Content;
}

interface Attempt {
  request: { method: string; path: string; body?: unknown; headers?: Record<string, string> };
  status: number;
}

const created = ({ after }: Try, refusal: number) => (isHers(after) ? 201 : refusal);

function changed({ type, before, after }: Try): number {
  if (!isHersToChange(type, before)) return 404;
  return keepsOthers(before, after) ? 200 : 403;
}

function patchFrom({ type, before, after }: Try): object[] {
  const [old, now] = [resourceOf(type, before), resourceOf(type, after)];
  const removed = Object.keys(old).filter((element) => now[element] === undefined && old[element] !== undefined);
  const replaced = Object.entries(now).filter(([element]) => element !== 'resourceType');
  return [
    ...removed.map((element) => ({ op: 'remove', path: `/${element}` })),
    ...replaced.map(([element, value]) => ({ op: 'add', path: `/${element}`, value })),
  ];
}

const attempts: Record<string, (one: Try) => Attempt> = {
  create: (one) => ({
    request: { method: 'POST', path: one.type, body: resourceOf(one.type, one.after) },
    status: created(one, 403),
  }),
  'conditional create': (one) => ({
    request: {
      method: 'POST',
      path: one.type,
      body: resourceOf(one.type, one.after),
      headers: { 'if-none-exist': '_id=none' },
    },
    status: created(one, 403),
  }),
  update: (one) => ({
    request: { method: 'PUT', path: `${one.type}/${one.id}`, body: resourceOf(one.type, one.after, one.id) },
    status: changed(one),
  }),
  'update of what is not there': (one) => {
    // Every other id is refused, whoever is named.
    const id = randomUUID();
    const body = resourceOf(one.type, one.after, id);
    return { request: { method: 'PUT', path: `${one.type}/${id}`, body }, status: created(one, 404) };
  },
  'conditional update': (one) => ({
    request: { method: 'PUT', path: `${one.type}?_id=${one.id}`, body: resourceOf(one.type, one.after) },
    status: touches(one.before) ? changed(one) : created(one, 404),
  }),
  patch: (one) => ({
    request: { method: 'PATCH', path: `${one.type}/${one.id}`, body: patchFrom(one), headers: jsonPatch },
    status: changed(one),
  }),
  delete: (one) => ({
    request: { method: 'DELETE', path: `${one.type}/${one.id}` },
    status: isHers(one.before) ? 204 : 404,
  }),
};

/** How a request is sent, and the status that answers it. */
const ways: Record<string, (request: Attempt['request']) => Promise<number>> = {
  alone: async ({ method, path, body, headers }) => (await here.send(method, `/${path}`, 'emma', body, headers)).status,
  'in a batch': async (request) => {
    const answer = (await (await inBundle('batch', request)).json()) as Bundle;
    return Number(answer.entry?.[0]?.response?.status.slice(0, 3));
  },
  'in a transaction': async (request) => {
    const response = await inBundle('transaction', request);
    const answer = (await response.json()) as Bundle;
    return response.ok ? Number(answer.entry?.[0]?.response?.status.slice(0, 3)) : response.status;
  },
};

function inBundle(type: string, { method, path, body, headers = {} }: Attempt['request']): Promise<Response> {
  const data = () => Buffer.from(JSON.stringify(body)).toString('base64');
  const resource =
    method === 'PATCH' ? { resourceType: 'Binary', contentType: jsonPatch['content-type'], data: data() } : body;
  const request = { method, url: path, ifNoneExist: headers['if-none-exist'] };
  return here.send('POST', '', 'emma', { resourceType: 'Bundle', type, entry: [{ resource, request }] });
}

const compartments = readPrebuilt<ReadonlyMap<string, string[]>>('patient-compartment');
const several = [...compartments].filter(([type, parameters]) => parameters.length > 1 && type !== 'Patient');

it.each(several)('the places of %s are those that the compartment finds: %j', (type, parameters) => {
  const places = bodies[type]?.places.flatMap((place) => place.parameters) ?? [];
  expect(parameters.filter((parameter) => !places.includes(parameter))).toEqual([]);
});

describe.each(several.map(([type]) => type))('%s', (type) => {
  it.each(Object.keys(attempts))('%s as the obvious rule says', async (kind) => {
    const chance = new Chance(type.length * 1000 + kind.length);
    const tries = Object.keys(ways).flatMap((way) =>
      Array.from({ length: 5 }, (_, index) => {
        const before = randomContent(chance, type);
        const id = `${kind}-${way}-${index}`.replaceAll(' ', '-');
        return { way, type, id, before, after: nearContent(chance, type, before) };
      }),
    );
    await here.put(tries.map(({ before, id }) => resourceOf(type, before, id)) as unknown as Resource[]);
    const refused: string[] = [];
    for (const one of tries) if ((await answered(one, kind, one.way)) >= 400) refused.push(one.id);
    expect(await versionsOf(type, refused)).toEqual(refused.map(() => 1));
  });
});

/** How often each kind of attempt was answered so. */
const outcomes = new Map<string, number>();

/** Expects the status of the obvious rule, and answers it. */
async function answered(one: Try, kind: string, way: string): Promise<number> {
  const attempt = attempts[kind]?.(one);
  if (!attempt) throw new Error(kind);
  const { before, after } = one;
  const status = await ways[way]?.(attempt.request);
  expect({ before, after, status }).toEqual({ before, after, status: attempt.status });
  outcomes.set(`${kind} ${status}`, (outcomes.get(`${kind} ${status}`) ?? 0) + 1);
  return attempt.status;
}

/** The versions in which these resources are stored, and not deleted. */
async function versionsOf(resourceType: string, ids: string[]): Promise<number[]> {
  const stored = await database().resource.findMany({
    where: { sandboxId: here.sandboxId, resourceType, id: { in: ids }, deleted: false },
  });
  return stored.map(({ versionId }) => versionId);
}

it.each([
  'create 201',
  'create 403',
  'conditional create 201',
  'conditional create 403',
  'update 200',
  'update 403',
  'update 404',
  'update of what is not there 201',
  'update of what is not there 404',
  'conditional update 200',
  'conditional update 201',
  'conditional update 403',
  'conditional update 404',
  'patch 200',
  'patch 403',
  'patch 404',
  'delete 204',
  'delete 404',
])('came to %s more than a dozen times', (outcome) => {
  expect(outcomes.get(outcome) ?? 0).toBeGreaterThan(12);
});
