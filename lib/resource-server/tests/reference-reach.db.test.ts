import { getDataType } from '@medplum/core';
import type { Bundle, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { bearersFor, fhirServer } from './fhir-server.ts';
import { bodies, hersElsewhere } from './write-reach/bodies.ts';
import { emma, resourceOf } from './write-reach/content.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;
const tokens = ['emma', 'own-record'];

beforeAll(async () => {
  here = await fhirServer({
    ...bearersFor(emma),
    launched: {
      scope: 'patient/Observation.cruds',
      patient: emma,
      context: { encounter: 'told' },
    },
    both: { scope: 'patient/*.cruds user/Observation.rs', patient: emma },
  });
  const b = { resourceType: 'Patient', id: 'B', identifier: [{ ...mrn, value: 'of-b' }] };
  await here.put([{ resourceType: 'Patient', id: emma }, b as Resource]);
  await here.put([...hersElsewhere, ...stored] as unknown as Resource[]);
});

const of = (patient: string, id: string) => [
  { ...resourceOf('Observation', [[patient], []], id) },
  {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: `Patient/${patient}` },
  },
];
const stored = [...of(emma, 'hers'), ...of('B', 'theirs'), ...of(emma, 'told')];

const mrn = { system: 'http://hospital.example/mrn' };
const person = /\/(?:Patient|RelatedPerson|Person|Group|Resource)$/;

/** The elements of a type that hold references, whether they hold several, and whether these may lead to people. */
function referenceElements(type: string): [element: string, several: boolean, people: boolean][] {
  return Object.entries(getDataType(type).elements)
    .filter(([, { type: types }]) => types.some(({ code }) => code === 'Reference'))
    .map(([element, { max, type: types }]) => [
      types.length > 1 ? element.replace('[x]', 'Reference') : element,
      max > 1,
      types.some(({ targetProfile }) => targetProfile?.some((target) => person.test(target)) ?? false),
    ]);
}

const refusal = async (response: Response, name: string) => [
  response.status,
  (await response.text()).replaceAll(name, 'it'),
];

describe.each(Object.keys(bodies))('%s', (type) => {
  const withReference = (element: string, several: boolean, reference: object) => ({
    ...resourceOf(type, [[emma]]),
    ...(element.endsWith('Reference') ? withoutChoice(type, element) : {}),
    [element]: several ? [reference] : reference,
  });

  it('names nobody by an identifier where a patient may be meant', async () => {
    const ofPeople = referenceElements(type).filter(([, , people]) => people);
    const cases = ofPeople.flatMap((one) => [
      { one, literal: {} },
      { one, literal: refer(`Patient/${emma}`) },
    ]);
    const answer = async ({ one: [element, several], literal }: (typeof cases)[number], value: string) => {
      const body = withReference(element, several, { ...literal, identifier: { ...mrn, value } });
      return refusal(await here.send('POST', `/${type}`, 'emma', body), value);
    };
    for (const one of cases) {
      const [known, unknown] = [await answer(one, 'of-b'), await answer(one, 'of-nobody')];
      expect({ one, status: known[0], known }).toEqual({ one, status: 403, known: unknown });
      // Without a literal reference, elements that decide about the compartment are refused for that.
      if ('reference' in one.literal) expect(known[1]).toContain('by an identifier');
    }
  });

  it('refers by no element to what is not within reach', async () => {
    for (const [element, several] of referenceElements(type)) {
      const answers = [];
      for (const name of ['Observation/theirs', 'Observation/nowhere']) {
        const body = withReference(element, several, { reference: name });
        answers.push(await refusal(await here.send('POST', `/${type}`, 'emma', body), name));
      }
      const [theirs, nowhere] = answers;
      expect({ element, status: theirs?.[0], theirs }).toEqual({ element, status: 403, theirs: nowhere });
    }
  });
});

/** Takes away what another choice of the element has. */
function withoutChoice(type: string, element: string): Record<string, undefined> {
  const stem = element.slice(0, -'Reference'.length);
  const others = Object.keys(resourceOf(type, [[emma]])).filter((name) => name.startsWith(stem) && name !== element);
  return Object.fromEntries(others.map((name) => [name, undefined]));
}

const refer = (name: string) => ({ reference: name });
const observation = (more: object, id?: string) => ({ ...resourceOf('Observation', [[emma], []], id), ...more });

/** Content of an Observation that refers to `name`, by the place of the reference. */
const places: Record<string, (name: string) => object> = {
  hasMember: (name) => ({ hasMember: [refer(name)] }),
  'an extension': (name) => ({ extension: [{ url: 'http://example.org/x', valueReference: refer(name) }] }),
  'an extension of a primitive': (name) => ({
    _status: { extension: [{ url: 'http://example.org/x', valueReference: refer(name) }] },
  }),
  'an extension in a backbone element': (name) => ({
    component: [{ code: { text: 'x' }, extension: [{ url: 'http://example.org/x', valueReference: refer(name) }] }],
  }),
  'a contained resource': (name) => ({
    contained: [
      {
        resourceType: 'Provenance',
        id: 'p',
        recorded: '2024-01-01T00:00:00Z',
        target: [refer(name)],
        agent: [{ who: refer('#p') }],
      },
    ],
    derivedFrom: [refer('#p')],
  }),
  'the address of an attachment': (name) => ({
    extension: [{ url: 'http://example.org/x', valueAttachment: { contentType: 'text/plain', url: name } }],
  }),
};

describe.each(Object.keys(places))('in %s', (place) => {
  const content = (name: string) => places[place]?.(name) ?? {};

  it.each(tokens)('%s refers to hers and to shared types alone', async (token) => {
    const status = async (name: string) =>
      (await here.send('POST', '/Observation', token, observation(content(name)))).status;
    for (const name of ['Observation/hers', 'Practitioner/nowhere', 'Organization/nowhere', 'Device/nowhere']) {
      expect([name, await status(name)]).toEqual([name, 201]);
    }
    const beyond = ['Patient/B', 'Patient/nobody', 'Binary/x', 'AuditEvent/x', 'Observation/theirs/_history/1'];
    for (const name of [...beyond, `${here.base}/Observation/theirs`, `${here.base}/Observation/theirs/`]) {
      expect([name, await status(name)]).toEqual([name, 403]);
    }
  });

  it('a new version may refer to what the stored one did', async () => {
    const id = `kept-${place.replaceAll(' ', '-')}`;
    await here.put([observation(content('Observation/theirs'), id) as unknown as Resource]);
    const update = (more: object) => here.send('PUT', `/Observation/${id}`, 'emma', observation(more, id));
    const kept = await update({ ...content('Observation/theirs'), note: [{ text: 'x' }] });
    expect(kept.status).toBe(200);
    expect((await update(content('Observation/nowhere'))).status).toBe(403);
    expect((await update({})).status).toBe(200);
    expect((await update(content('Observation/theirs'))).status).toBe(403);
  });
});

it.each(['|1', '?_format=json', '#x', '/', '/_history/1|1'])(
  'an address with %s leads where it does without',
  async (end) => {
    const about = (name: string) => [
      { _status: { extension: [{ url: 'http://example.org/x', valueCanonical: `${name}${end}` }] } },
      { extension: [{ url: 'http://example.org/x', valueAttachment: { url: `${here.base}/${name}${end}` } }] },
      { extension: [{ url: 'http://example.org/x', valueUri: `${here.base}/${name}${end}` }] },
    ];
    const statuses = async (name: string) =>
      Promise.all(about(name).map((more) => here.send('POST', '/Observation', 'emma', observation(more)))).then((all) =>
        all.map(({ status }) => status),
      );
    expect(await statuses('Observation/theirs')).toEqual([403, 403, 403]);
    expect(await statuses('Observation/hers')).toEqual([201, 201, 201]);
  },
);

const toTheirs = observation({ hasMember: [refer('Observation/theirs')] }) as Record<string, unknown>;
const json = { 'content-type': 'application/json-patch+json' };
const patch = [{ op: 'add', path: '/hasMember', value: [refer('Observation/theirs')] }];

it.each<[way: string, status: number, send: () => Promise<Response>]>([
  ['a create', 403, () => here.send('POST', '/Observation', 'emma', toTheirs)],
  [
    'a conditional create',
    403,
    () => here.send('POST', '/Observation', 'emma', toTheirs, { 'if-none-exist': '_id=x' }),
  ],
  ['an update', 403, () => here.send('PUT', '/Observation/hers', 'emma', { ...toTheirs, id: 'hers' })],
  ['a conditional update', 403, () => here.send('PUT', '/Observation?_id=hers', 'emma', toTheirs)],
  ['an update of what is not there', 404, () => here.send('PUT', '/Observation/n', 'emma', { ...toTheirs, id: 'n' })],
  ['a patch', 403, () => here.send('PATCH', '/Observation/hers', 'emma', patch, json)],
  ['a conditional patch', 403, () => here.send('PATCH', '/Observation?_id=hers', 'emma', patch, json)],
  ['a transaction', 403, () => bundled('transaction', 'emma', [toTheirs])],
])('%s is refused', async (_, status, send) => {
  expect((await send()).status).toBe(status);
});

it('an entry of a batch is refused', async () => {
  const bundle = (await (await bundled('batch', 'emma', [toTheirs])).json()) as Bundle;
  expect(bundle.entry?.[0]?.response?.status).toBe('403');
});

function bundled(type: string, token: string, resources: object[]): Promise<Response> {
  const entry = resources.map((resource, index) => ({
    fullUrl: `urn:uuid:7a6b1f4e-9a2e-4a0c-9d5b-00000000000${index}`,
    resource,
    request: { method: 'POST', url: String((resource as Resource).resourceType) },
  }));
  return here.send('POST', '', token, { resourceType: 'Bundle', type, entry });
}

it('the entries of a transaction may refer to each other', async () => {
  const urn = (index: number) => refer(`urn:uuid:7a6b1f4e-9a2e-4a0c-9d5b-00000000000${index}`);
  const circle = [observation({ hasMember: [urn(1)] }), observation({ derivedFrom: [urn(0)] })];
  expect((await bundled('transaction', 'emma', circle)).status).toBe(200);
  const conditional = [
    observation({ hasMember: [urn(1)], performer: [refer(`Patient?_id=${emma}`)] }),
    observation({}),
  ];
  expect((await bundled('transaction', 'emma', conditional)).status).toBe(200);
});

it('what the launch told may be named though no scope reaches it, and nothing else', async () => {
  const status = async (id: string) =>
    (await here.send('POST', '/Observation', 'launched', observation({ encounter: refer(`Encounter/${id}`) }))).status;
  expect([await status('told'), await status('hers'), await status('nowhere')]).toEqual([201, 403, 403]);
});

it('what another scope lets the writer read may be named', async () => {
  expect((await here.send('POST', '/Observation', 'both', toTheirs)).status).toBe(201);
});

it('whoever is confined to no patient refers to whatever there may be', async () => {
  const body = observation({ hasMember: [refer('Observation/nowhere')] });
  expect((await here.send('POST', '/Observation', 'clinician', body)).status).toBe(201);
});

describe('an identifier in a reference', () => {
  const identified = { reference: `Patient/${emma}`, identifier: { ...mrn, value: 'of-emma' } };

  it('stays where the stored version has it, and comes nowhere else', async () => {
    await here.put([observation({ subject: identified }, 'identified') as unknown as Resource]);
    const update = async (more: object) => {
      const body = observation({ subject: identified, ...more }, 'identified');
      return (await here.send('PUT', '/Observation/identified', 'emma', body)).status;
    };
    expect(await update({ note: [{ text: 'x' }] })).toBe(200);
    expect(await update({ performer: [identified] })).toBe(403);
    expect(await update({ subject: { ...identified, identifier: { ...mrn, value: 'of-b' } } })).toBe(403);
  });

  it('names what is no person, and is anybody’s for whoever is not confined', async () => {
    const byIdentifier = (element: string) => ({ [element]: { identifier: { ...mrn, value: 'x' } } });
    const status = async (token: string, element: string) =>
      (await here.send('POST', '/Observation', token, observation(byIdentifier(element)))).status;
    expect(await status('emma', 'encounter')).toBe(201);
    expect(await status('clinician', 'subject')).toBe(201);
  });

  it('plants nothing that a laboratory finds by the patient’s number', async () => {
    const given = { ...mrn, value: 'order-7' };
    const planted = { identifier: [given], performer: [refer(`Patient/${emma}`)] };
    const subject = { identifier: { ...mrn, value: 'of-b' } };
    await here.send('POST', '/Observation', 'emma', observation({ ...planted, subject }));
    const condition = `identifier=${given.system}|${given.value}&subject:identifier=${mrn.system}|of-b`;
    const result = observation({ identifier: [given], subject: { ...refer('Patient/B'), ...subject } });
    const filed = await here.send('POST', '/Observation', 'clinician', result, { 'if-none-exist': condition });
    expect(filed.status).toBe(201);
  });
});

it('a write adds a thousand references at most, and keeps as many as there were', async () => {
  const many = (count: number) =>
    observation({ hasMember: Array.from({ length: count }, (_, index) => refer(`Observation/r${index}`)) }, 'many');
  const put = (count: number, token = 'emma') => here.send('PUT', '/Observation/many', token, many(count));
  await here.put([observation({}, 'many') as unknown as Resource]);
  const refused = await put(1001);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('refers to 1001 resources');
  expect((await put(1000)).status).toBe(403);
  expect((await put(1001, 'clinician')).status).toBe(200);
  const kept = { ...many(1001), note: [{ text: 'x' }] };
  expect((await here.send('PUT', '/Observation/many', 'emma', kept)).status).toBe(200);
  const members = (many(1200) as { hasMember?: object[] }).hasMember ?? [];
  const halves = [members.slice(0, 600), members.slice(600)].map((hasMember) => observation({ hasMember }));
  expect((await bundled('transaction', 'emma', halves)).status).toBe(422);
});
