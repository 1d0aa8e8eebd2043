import type { Bundle, FhirResource, OperationOutcome } from 'fhir/r4';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { query, sql } from '#lib/data/database/sql.ts';
import { supportedParameters } from '#lib/fhir/definition/search-parameter.ts';
import { validateResource } from '#lib/fhir/validation/validation.ts';
import { Chance } from './enforcement/random.ts';
import { fhirServer } from './fhir-server.ts';

/** What nobody should send. Whatever it is: never a 500, an OperationOutcome that says what is wrong, nothing stored. */
let here: Awaited<ReturnType<typeof fhirServer>>;

const records = [
  {
    resourceType: 'Patient',
    id: 'A',
    name: [{ family: 'Alpha' }],
    link: [{ other: { reference: 'Patient/B' }, type: 'seealso' }],
  },
  {
    resourceType: 'Patient',
    id: 'B',
    name: [{ family: 'Beta' }],
    link: [{ other: { reference: 'Patient/A' }, type: 'seealso' }],
  },
  { resourceType: 'Patient', id: 'C', name: [{ family: 'Gamma' }] },
  {
    resourceType: 'Observation',
    id: 'a1',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '1' }] },
    subject: { reference: 'Patient/A' },
    valueQuantity: { value: 1 },
    effectiveDateTime: '2024-01-01',
    hasMember: [{ reference: 'Observation/a2' }],
  },
  {
    resourceType: 'Observation',
    id: 'a2',
    status: 'final',
    code: { text: 'x' },
    subject: { reference: 'Patient/A' },
    hasMember: [{ reference: 'Observation/a1' }],
  },
] as FhirResource[];

beforeAll(async () => {
  here = await fhirServer({
    clinician: { scope: 'user/*.cruds' },
    launched: { scope: 'patient/*.cruds', patient: 'A' },
  });
  await here.put(records);
});

/** What the server has logged of its own faults. */
let faults: unknown[];

beforeEach(() => {
  faults = [];
  vi.spyOn(console, 'error').mockImplementation((...args) => faults.push(args));
});

afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(expectHealthy);

/** Every connection of the pool still answers, and none is left inside a transaction. */
async function expectHealthy(): Promise<void> {
  const answers = await Promise.all(Array.from({ length: 50 }, () => here.send('GET', '/Patient/C', 'clinician')));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  const stuck = await query(
    sql`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  );
  expect(stuck).toEqual([]);
}

/** All that is stored, of all tables that hold what clients send. */
async function stored(): Promise<unknown> {
  return query(sql`SELECT (SELECT count(*)::int FROM resource) AS resources,
    (SELECT count(*)::int FROM resource_version) AS versions, (SELECT count(*)::int FROM token_index) AS tokens,
    (SELECT count(*)::int FROM reference_index) AS refs, (SELECT max(last_updated) FROM resource) AS newest`);
}

async function tables(): Promise<unknown> {
  return query(sql`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`);
}

type Sent = [method: string, path: string, body?: unknown, headers?: Record<string, string>];

/** What makes a resource invalid; warnings do not. */
function errorsIn(resource: unknown): unknown[] {
  return validateResource(resource).filter(({ severity }) => severity === 'error' || severity === 'fatal');
}

/** The answer to what should not have been sent: no fault of the server, and if a refusal, one that helps. */
async function answerTo(...[method, path, body, headers]: Sent): Promise<Response> {
  const response = await here.send(method, path, 'clinician', body, headers);
  const asked = `${method} ${path.slice(0, 200)} ${JSON.stringify(headers ?? {})} ${JSON.stringify(body)?.slice(0, 300)}`;
  expect([asked, response.status < 500 || faults.map(String)]).toEqual([asked, true]);
  if (response.status >= 400 && method !== 'HEAD') await expectOutcome(response.clone(), asked);
  return response;
}

async function expectOutcome(response: Response, asked: string): Promise<void> {
  const outcome = (await response.json()) as OperationOutcome;
  expect([asked, outcome.resourceType, validateResource(outcome)]).toEqual([asked, 'OperationOutcome', []]);
  expect(response.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
  expect(outcome.issue.length, asked).toBeLessThan(102);
  for (const { diagnostics = '' } of outcome.issue) {
    expect(diagnostics, asked).not.toBe('');
    expect(diagnostics.length, asked).toBeLessThan(2000);
  }
}

const patient = (more: object) => ({ resourceType: 'Patient', ...more });

describe('a body that cannot be stored', () => {
  const nul = '{"resourceType":"Patient","name":[{"family":"a\\u0000b"}]}';
  const half = '{"resourceType":"Patient","name":[{"family":"a\\ud800b"}]}';
  it.each<[string, unknown, number, RegExp?]>([
    ['a number', '5', 422, /object/],
    ['a text', '"Patient"', 422, /object/],
    ['nothing but spaces', '   ', 400, /JSON/],
    ['two values', '{}{}', 400, /JSON/],
    ['a comment', '/* a */{"resourceType":"Patient"}', 400, /JSON/],
    ['XML', '<Patient xmlns="http://hl7.org/fhir"/>', 400, /JSON/],
    ['NUL in a text', nul, 422, /family|NUL/],
    ['NUL in an extension', '{"resourceType":"Patient","extension":[{"url":"u","valueString":"\\u0000"}]}', 422],
    ['half a surrogate pair', half, 422, /family.*surrogate/],
    ['half a surrogate pair in a name of an element', '{"resourceType":"Patient","\\ud800":1}', 422],
    ['an element with an endless name', `{"resourceType":"Patient","${'x'.repeat(100_000)}":1}`, 422],
    [
      'ten thousand elements that are none',
      `{"resourceType":"Patient",${Array.from({ length: 10_000 }, (_, index) => `"x${index}":1`)}}`,
      422,
    ],
    ['a nested __proto__', '{"resourceType":"Patient","name":[{"__proto__":{"family":"x"}}]}', 422, /__proto__/],
    ['a type from the prototype', '{"resourceType":"constructor"}', 400, /constructor/],
    ['a type that is no text', '{"resourceType":{"toString":"x"}}', 422, /resourceType/],
    ['an abstract type', '{"resourceType":"Resource"}', 400, /Resource/],
    ['a data type', '{"resourceType":"HumanName"}', 400, /HumanName/],
    ['meta that is a list', patient({ meta: [] }), 422, /meta/],
    ['meta that is a text', patient({ meta: 'x' }), 422, /meta/],
    ['a list where one is expected', patient({ gender: ['male'] }), 422, /gender/],
    ['one where a list is expected', patient({ name: { family: 'x' } }), 422, /name/],
    ['null', patient({ gender: null }), 422, /gender/],
    ['an empty list', patient({ name: [] }), 422, /name/],
    ['an empty object', patient({ name: [{}] }), 422, /name/],
    ['an empty text', patient({ name: [{ family: '' }] }), 422, /family/],
    ['a number beyond all', '{"resourceType":"Patient","multipleBirthInteger":1e400}', 422, /multipleBirth/],
    ['a decimal for a whole number', '{"resourceType":"Patient","multipleBirthInteger":2.0}', 422, /multipleBirth/],
    [
      'a member twice',
      '{"resourceType":"Patient","active":true,"active":false}',
      400,
      /\\"active\\" twice.*\$\.active/,
    ],
    [
      'a member twice deep inside, in two ways of writing',
      '{"resourceType":"Patient","name":[{"family":"a"},{"family":"b","\\u0066amily":"c"}]}',
      400,
      /\\"family\\" twice.*\$\.name\[1\]\.family/,
    ],
    ['half a surrogate pair twice', '{"resourceType":"Patient","\\ud800":1,"\\ud800":1}', 400, /twice/],
    ['two values of one element', patient({ deceasedBoolean: true, deceasedDateTime: '2020' }), 422, /deceased\[x\]/],
    [
      'two values in an extension',
      patient({ extension: [{ url: 'http://x.org', valueCode: 'a', valueInteger: 1 }] }),
      422,
      /"Patient\.extension\[0\]\.value\[x\]"/,
    ],
    ['a fraction for a whole number', patient({ multipleBirthInteger: 1.5 }), 422, /multipleBirth/],
    ['the 30th of February', patient({ birthDate: '2024-02-30' }), 422, /birthDate/],
    ['contained that is no resource', patient({ contained: [{ id: 'x' }] }), 422, /contained/],
    ['a reference that is an object', patient({ managingOrganization: { reference: {} } }), 422, /reference/],
  ])('%s is refused', async (_, body, status, words = /./) => {
    const before = await stored();
    const response = await answerTo('POST', '/Patient', body);
    expect([response.status, await response.clone().text()]).toEqual([status, expect.stringMatching(words)]);
    const id = typeof body === 'object' ? { ...body, id: 'C' } : String(body).replace(/\}$/, ',"id":"C"}');
    expect((await answerTo('PUT', '/Patient/C', id)).status).toBeGreaterThanOrEqual(400);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['that is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['in UTF-16', Buffer.from('{"resourceType":"Patient"}', 'utf16le')],
    ['cut off within a character', Buffer.from([0x22, 0xf0, 0x9f])],
  ])('%s is refused', async (_, bytes) => {
    const before = await stored();
    expect((await answerTo('POST', '/Patient', new Blob([new Uint8Array(bytes)]))).status).toBe(400);
    expect(await stored()).toEqual(before);
  });

  it('in every wrong content type is refused', async () => {
    const before = await stored();
    for (const type of [
      '',
      'text/xml',
      'application/fhir+xml',
      'application/x-www-form-urlencoded',
      ';',
      'json',
      '*/*',
      'x'.repeat(10_000),
    ]) {
      expect((await answerTo('POST', '/Patient', patient({}), { 'content-type': type })).status).toBe(415);
    }
    expect(await stored()).toEqual(before);
  });
});

describe('text of every kind', () => {
  it.each([
    ['right to left', 'שלום \u202Eabc'],
    ['emoji', '👩‍👩‍👧‍👦🏳️‍🌈'],
    ['combining marks', `e${'\u0301'.repeat(300)}`],
    ['noncharacters', '\uFFFE\uFFFF\u{1FFFF}\uFDD0'],
    ['a replacement character', '\uFFFD'],
    ['a byte order mark', '\uFEFFx'],
    ['line and paragraph separators', 'a\u2028b\u2029c'],
    ['the last code point', '\u{10FFFF}'],
    ['private use', '\uE000\u{F0000}'],
    ['a ligature and a sharp s', 'ﬁ ß İ ı K'],
    ['a very long text', 'long '.repeat(20_000)],
    ['SQL', "'; DROP TABLE resource; --"],
    ['a backslash at the end', 'a\\'],
    ['percent signs', '%_%25\\%'],
  ])('comes back as it was stored, and is found: %s', async (_, text) => {
    const created = await answerTo('POST', '/Patient', patient({ name: [{ family: text }], text: undefined }));
    expect(created.status).toBe(201);
    const { id } = await created.json();
    expect((await (await answerTo('GET', `/Patient/${id}`)).json()).name[0].family).toBe(text);
    const escaped = encodeURIComponent(
      text
        .slice(0, 40)
        .toWellFormed()
        .replaceAll(/[\\,|$]/g, '\\$&'),
    );
    const found = await answerTo('GET', `/Patient?family=${escaped}&_id=${id}`);
    if (!text.includes('\uFFFD')) expect((await found.json()).total).toBe(1);
    expect((await answerTo('DELETE', `/Patient/${id}`)).status).toBe(204);
  });
});

const attacks = [
  "' OR 1=1 --",
  "'); DROP TABLE resource; --",
  '$1',
  '\\',
  '%00',
  '\u{1F600}',
  '__proto__',
  '2024-13',
  'ge',
  '|',
  '1e999',
  '#',
];
const modifiers = ['', ':missing', ':exact', ':contains', ':not', ':text', ':in', ':not-in', ':of-type', ':identifier'];
const more = [':above', ':below', ':Patient', ":'; --", ':', '.name', ':Patient.name', '.', '.:'];

describe.each(['Patient', 'Observation', 'Appointment', 'MolecularSequence'])('SQL in the parameters of %s', (type) => {
  const names = [
    ...supportedParameters(type).keys(),
    `_has:Observation:subject:code`,
    '_has:',
    '_filter',
    '_query',
    '_list',
    '_text',
  ];

  it('is taken for a value, and answered with 200 or 400', async () => {
    const before = [await stored(), await tables()];
    const chance = new Chance(1);
    const asked = names.flatMap((name) => [...modifiers, ...more].map((modifier) => `${name}${modifier}`));
    for (const name of asked) {
      const [one, other] = [chance.pick(attacks), chance.pick(attacks)];
      const value = encodeURIComponent(chance.happens(0.3) ? `${one},${other}|${one}$${other}` : one).replace(
        '%2500',
        '%00',
      );
      const response = await answerTo('GET', `/${type}?${encodeURIComponent(name)}=${value}`);
      expect([200, 400], `${name}=${value}`).toContain(response.status);
    }
    expect([await stored(), await tables()]).toEqual(before);
  });

  it('finds nothing out of reach', async () => {
    for (const name of names) {
      for (const attack of attacks) {
        const response = await here.send(
          'GET',
          `/${type}?${name}=${encodeURIComponent(attack)}&_include=*&_revinclude=*:*`,
          'launched',
        );
        const { entry = [] } = (await response.json()) as Bundle;
        const ids = entry.flatMap(({ resource }) =>
          resource?.resourceType === 'OperationOutcome' ? [] : resource?.id,
        );
        expect(
          ids.every((id) => ['A', 'a1', 'a2'].includes(String(id))),
          `${name}=${attack}: ${ids}`,
        ).toBe(true);
      }
    }
  });
});

describe('a search that makes no sense', () => {
  it.each([
    ['_count=-1', 400],
    ['_count=NaN', 400],
    ['_count=1.5', 400],
    ['_count=1e3', 400],
    ['_count=0x10', 400],
    ['_count=', 400],
    ['_count=%D9%A3', 400],
    ['_count=+1', 400],
    ['_count=0', 200],
    ['_count=0&_count=5', 200],
    ['_count=2147483648', 200],
    ['_count=99999999999999999999', 200],
    ['_count=999999999999999999999', 400],
    ['_count:exact=1', 400],
    ['_sort=', 200],
    ['_sort=,,,', 200],
    ['_sort=-', 200],
    ['_sort=--_id', 200],
    ['_sort=_id;DROP TABLE resource', 200],
    ['_sort=_id,_id,_id,_id,_id,_id,_id', 200],
    ['_sort:desc=_id', 400],
    ['_sort=subject', 200],
    ['_sort=-link,organization', 200],
    [`_sort=link&_cursor=${Buffer.from('["a\\u0000","1"]').toString('base64url')}`, 400],
    ['_sort=__proto__', 200],
    ['_total=yes', 400],
    ['_total=', 400],
    ['_summary=maybe', 400],
    ['_summary=', 400],
    ['_summary=text&_include=*', 400],
    ['_elements=', 400],
    ['_elements=a b', 400],
    ['_elements=__proto__,constructor', 200],
    [`_elements=${'a'.repeat(65)}`, 400],
    ['_include=', 200],
    ['_include=:::', 200],
    ['_include=Patient:link:Practitioner', 200],
    ['_include=Nothing:link', 200],
    ['_include=__proto__:constructor', 200],
    ['_revinclude=Observation', 200],
    [`${'_include=Patient:link&'.repeat(51)}`, 400],
    ['_cursor=', 400],
    ['_cursor=W10', 400],
    ['_cursor=bnVsbA', 400],
    [`_cursor=${Buffer.from('["9223372036854775808"]').toString('base64url')}`, 400],
    [`_cursor=${Buffer.from('["99999999999999999999999"]').toString('base64url')}`, 400],
    [`_cursor=${Buffer.from('[{"a":1}]').toString('base64url')}`, 400],
    ['_lastUpdated=now', 400],
    ['_lastUpdated=ge0000', 400],
    ['_lastUpdated=ge9999-12-31T23:59:59Z', 200],
    ['_lastUpdated=ap9999', 200],
    ['_lastUpdated=2024-02-30', 400],
    ['_lastUpdated=2024-01-01T25:00', 400],
    ['_lastUpdated=2024-01-01T10:00:00%2B15:00', 400],
    ['_lastUpdated=xx2024', 400],
    ['_id=', 400],
    ['_id:not-a-modifier=1', 400],
    ['_has:Observation:subject:_has:Observation:subject:_has:Observation:subject:_has:Observation:subject:code=1', 200],
    ['link.link.link.link.name=x', 400],
    ['=', 200],
    ['&&&', 200],
    ['a=b=c', 200],
    ['%', 400],
    ['%zz=1', 400],
    ['name=%E0%A4', 400],
    ['name=%C0%80', 400],
    ['name=%ED%A0%80', 400],
    ['name%00=1', 200],
  ])('Patient?%.80s is answered with %i', async (text, status) => {
    expect((await answerTo('GET', `/Patient?${text}`)).status).toBe(status);
  });

  it.each([
    ['value-quantity=abc', 400],
    ['value-quantity=1e', 400],
    ['value-quantity=--1', 400],
    ['value-quantity=1.2.3', 400],
    ['value-quantity=Infinity', 400],
    ['value-quantity=0x1', 400],
    ['value-quantity=1e99', 200],
    ['value-quantity=1e100', 400],
    [`value-quantity=${'9'.repeat(31)}`, 400],
    ['value-quantity=1||||', 400],
    ['value-quantity=1|http://unitsofmeasure.org|mg', 200],
    ['value-quantity=1e99|http://unitsofmeasure.org|pg/mL', 200],
    ['value-quantity=-1e-99|http://unitsofmeasure.org|Cel', 200],
    ['code-value-quantity=1', 400],
    ['code-value-quantity=1$', 400],
    ['code-value-quantity=$1', 400],
    ['code-value-quantity=1$2$3', 400],
    ['code-value-quantity=1$abc', 400],
    ['code=|', 400],
    ['code=,', 400],
    ['subject=a/b/c', 400],
    ['subject=Patient/', 400],
    ['subject:Patient=Practitioner/1', 400],
    ['subject:Practitioner=1', 400],
    ['subject=http://', 200],
    ['subject=javascript:alert(1)', 200],
    ['date=2024-01-01,', 400],
    ['date=ge2024-1-1', 400],
    ['date=ge2024-01-01T00:00:00.1234567890Z', 400],
  ])('Observation?%s is answered with %i', async (text, status) => {
    expect((await answerTo('GET', `/Observation?${text}`)).status).toBe(status);
  });

  it.each([
    'code',
    'subject',
    'date',
    'value-quantity',
    'status:not',
    'code:text',
    'code-value-quantity',
    '_id',
    'patient.name',
  ])('with 10,000 values of %s is refused, by GET and by POST', async (name) => {
    const value = { date: '2024', 'value-quantity': '1', 'code-value-quantity': '1$1' }[name] ?? 'a';
    const text = `${name}=${Array.from({ length: 10_000 }, () => value).join(',')}`;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const sent of [
      ['GET', `/Observation?${text}`],
      ['POST', '/Observation/_search', text, form],
    ] as Sent[]) {
      const response = await answerTo(...sent);
      expect([response.status, (await response.json()).issue[0].code]).toEqual([400, 'too-costly']);
    }
  });

  it('goes round in circles no longer than there is something new', async () => {
    const circle =
      '_include:iterate=Patient:link&_revinclude:iterate=Patient:link&_revinclude:iterate=Observation:*&_include:iterate=*';
    const { entry } = (await (await answerTo('GET', `/Patient?_id=A&${circle}`)).json()) as Bundle;
    expect(entry?.map(({ resource }) => resource?.id).toSorted()).toEqual(['A', 'B', 'a1', 'a2']);
  });

  it('in a form that is none is refused', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await answerTo('POST', '/Patient/_search', '%', form)).status).toBe(400);
    expect((await answerTo('POST', '/Patient/_search', '{"name":"x"}')).status).toBe(415);
    expect((await answerTo('POST', '/Patient/_search', `name=${'x'.repeat(2_000_000)}`, form)).status).toBe(413);
  });
});

describe('an address that makes no sense', () => {
  it.each([
    ['/%', 400],
    ['/Patient/%', 400],
    ['/Patient/%E0%A4', 400],
    ['/Patient/%00', 404],
    ['/Patient/A%00', 404],
    ['/Patient/A%2F_history%2F1', 200],
    ['/Patient/A/_history/%00', 404],
    ['/Patient/A/_history/0', 404],
    ['/Patient/A/_history/-1', 404],
    ['/Patient/A/_history/1.0', 404],
    ['/Patient/A/_history/99999999999999999999', 404],
    ['/Patient/A/_history/2147483648', 404],
    ['/Patient/A/_history?_count=0', 400],
    ['/Patient/A/_history?_count=-1', 400],
    ['/Patient/A/_history?_since=yesterday', 400],
    ['/Patient/A/_history?_since=2024-01-01T00:00:00', 400],
    ['/Patient/A/_history?_since=2024-02-30T00:00:00Z', 400],
    ['/Patient/A/_history?_cursor=x', 400],
    ['/_history?_since=9999-12-31T23:59:59Z', 200],
    ['/_history?_since=0001-01-01T00:00:00Z', 200],
    [`/Patient/${'x'.repeat(65)}`, 404],
    [`/Patient/${'x'.repeat(100_000)}`, 404],
    [`/${'Patient/'.repeat(10_000)}`, 404],
    [`/Patient?name=${'x'.repeat(500_000)}`, 200],
    [`/Patient?${'x'.repeat(500_000)}=1`, 200],
    ['/patient/A', 404],
    ['/Resource/A', 404],
    ['/DomainResource', 404],
    ['/HumanName', 404],
    ['/Constructor', 404],
    ['/ToString/1', 404],
    ['/Patient//A', 404],
    ['/Patient/A;x=y', 404],
    ['/Patient/A B', 404],
    ['/Patient/Ä', 404],
    ['/Patient/👍', 404],
    ["/Patient/' OR '1'='1", 404],
    ['/Patient/A/$nothing', 405],
    ['/Patient/A/$everything?_count=x', 400],
    ['/Patient/A/$everything?start=2020', 400],
    ['/Patient/A/$everything?_type=Nothing', 404],
    ['/Patient/%00/$everything', 404],
    ['?_type=', 404],
    ['?_type=Patient,,', 404],
    ['?_type=Patient&name=%', 400],
  ])('GET %.60s is answered with %i', async (path, status) => {
    expect((await answerTo('GET', path)).status).toBe(status);
    const head = await answerTo('HEAD', path);
    expect([head.status, await head.text()]).toEqual([status, '']);
  });

  it.each(['PUT', 'DELETE'])('%s of what can be no id stores nothing', async (method) => {
    const before = await stored();
    for (const id of ['%00', 'a_b', 'x'.repeat(65), 'a%20b', 'Ä', "';--", '$x']) {
      const response = await answerTo(
        method,
        `/Patient/${id}`,
        method === 'PUT' ? patient({ id: decodeURIComponent(id) }) : undefined,
      );
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
    expect(await stored()).toEqual(before);
  });
});

describe('headers that make no sense', () => {
  const weird = [
    '',
    ' ',
    '*',
    '"',
    'W/',
    'W/"',
    'W/""',
    '"1" "2"',
    'W/"1", W/"2"',
    '1',
    'W/"\';--"',
    `"${'9'.repeat(1000)}"`,
    'x'.repeat(10_000),
    'é',
  ];

  it.each([
    'if-match',
    'if-none-match',
    'if-modified-since',
    'if-none-exist',
    'prefer',
    'accept',
    'accept-language',
    'content-length',
    'range',
    'x-forwarded-host',
    'cookie',
    'x-http-method-override',
  ])('%s does no harm', async (name) => {
    const before = await stored();
    for (const value of [...weird, `${weird[7]}, ${weird[8]}`]) {
      await answerTo('GET', '/Patient/A', undefined, { [name]: value });
      await answerTo('GET', '/Patient?name=x', undefined, { [name]: value });
      await answerTo('GET', '/Patient/A/_history/1', undefined, { [name]: value });
      await answerTo('PUT', '/Patient/A', { ...patient({}), id: 'B' }, { [name]: value });
      await answerTo('DELETE', '/Patient/nowhere', undefined, { [name]: value });
    }
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['', 400],
    ['*', 400],
    ['1', 400],
    ['"1', 400],
    ['W/"1", W/"2"', 400],
    ['W/"1"; x', 400],
    ['W/""', 412],
    ['W/"01"', 412],
    ['W/"1.0"', 412],
    ['W/"-1"', 412],
    [`W/"${'9'.repeat(400)}"`, 412],
  ])('If-Match: %.30s is answered with %i', async (value, status) => {
    const before = await stored();
    const body = patient({ id: 'C', name: [{ family: 'Changed' }] });
    expect((await answerTo('PUT', '/Patient/C', body, { 'if-match': value })).status).toBe(status);
    expect(await stored()).toEqual(before);
  });

  it.each([
    'return=nothing',
    'return=',
    'return=minimal, return=representation',
    'handling=',
    'handling=weird',
    ';;;',
    'return="minimal"',
  ])('Prefer: %s is passed over or understood', async (prefer) => {
    const response = await answerTo('PUT', '/Patient/C', patient({ id: 'C', name: [{ family: 'Gamma' }] }), { prefer });
    expect(response.status).toBe(200);
    expect((await answerTo('GET', '/Patient?name=Gamma', undefined, { prefer })).status).toBe(200);
  });

  it.each(['xml', 'html', 'ttl', 'application/fhir+xml', 'json;charset=latin1', '', '%00', 'JSON'])(
    '_format=%s',
    async (format) => {
      expect([200, 400, 406]).toContain((await answerTo('GET', `/Patient/A?_format=${format}`)).status);
    },
  );

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'Bearer a b',
    'bearer \u00e9',
    `Bearer ${'x'.repeat(100_000)}`,
    "Bearer ' OR 1=1",
    'Bearer a, Bearer b',
  ])('Authorization: %.30s is answered with 401', async (authorization) => {
    const response = await answerTo('GET', '/Patient/A', undefined, { authorization });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer realm=/),
    ]);
  });
});

describe('methods', () => {
  const paths = [
    '',
    '/metadata',
    '/.well-known/smart-configuration',
    '/_history',
    '/_search',
    '/Patient',
    '/Patient/_search',
    '/Patient/_history',
    '/Patient/A',
    '/Patient/A/_history',
    '/Patient/A/_history/1',
    '/Patient/A/$everything',
    '/Patient/A/Observation',
    '/Patient/A/*',
    '/Patient/A/Observation/_search',
    '/$nothing',
    '/Patient/$nothing',
  ];
  it.each(['PROPFIND', 'PURGE', 'LINK', 'QUERY', 'patch', 'x'])(
    '%s is refused everywhere, and the answer says what is not',
    async (method) => {
      for (const path of paths) {
        const response = await answerTo(method, path);
        expect([path, response.status]).toEqual([path, 405]);
        expect(response.headers.get('allow')).toMatch(/OPTIONS/);
      }
    },
  );

  it.each(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])(
    '%s is answered everywhere, without a body too',
    async (method) => {
      for (const path of paths.filter((one) => method !== 'DELETE' || one !== '/Patient/A')) {
        const response = await answerTo(method, path);
        const allowed = response.headers.get('allow')?.split(', ') ?? [];
        expect([path, response.status === 405 && allowed.includes(method)]).toEqual([path, false]);
        expect([path, method, response.status === 204]).toEqual([path, method, method === 'OPTIONS']);
        if (method === 'HEAD') expect([path, await response.text()]).toEqual([path, '']);
      }
    },
  );
});

describe('a Bundle that cannot be done', () => {
  const good = { resource: patient({}), request: { method: 'POST', url: 'Patient' } };
  const about = (reference: unknown) => ({
    resource: { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference } },
    request: { method: 'POST', url: 'Observation' },
  });
  const deep = Array.from({ length: 150 }).reduce<unknown>((inner) => [{ url: 'u', extension: inner }], []);

  it.each<[string, unknown, RegExp]>([
    ['a reference to no entry', [good, about('urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a')], /entry\[1\]|urn:uuid/],
    ['a conditional reference to nothing', [good, about('Patient?_id=nowhere')], /nowhere/],
    ['a conditional reference to several', [good, about('Patient?_id=A,B,C')], /More than one/],
    ['a conditional reference that is no search', [good, about('Patient?birthdate=yesterday')], /yesterday/],
    ['SQL for a reference', [good, about("Patient?_id=' OR 1=1 --")], /nothing/],
    ['an invalid resource', [good, { ...good, resource: patient({ gender: 'blue' }) }], /gender/],
    [
      'a version conflict',
      [
        good,
        { resource: { ...patient({}), id: 'C' }, request: { method: 'PUT', url: 'Patient/C', ifMatch: 'W/"99"' } },
      ],
      /99/,
    ],
    [
      'another id',
      [good, { resource: patient({ id: 'x' }), request: { method: 'PUT', url: 'Patient/y' } }],
      /not that of the URL/,
    ],
    [
      'one resource twice',
      [good, ...[1, 2].map(() => ({ request: { method: 'DELETE', url: 'Patient/C' } }))],
      /earlier/,
    ],
    ['a read of what is not there', [good, { request: { method: 'GET', url: 'Patient/nowhere' } }], /nowhere/],
    [
      'another server',
      [good, { request: { method: 'GET', url: 'https://other.example/Patient/1' } }],
      /other\.example/,
    ],
    ['a way out of the base', [good, { request: { method: 'GET', url: '../../other/fhir/Patient' } }], /\.\./],
    ['a method that is none', [good, { request: { method: 'TRACE', url: 'Patient' } }], /TRACE/],
    ['no request', [good, {}], /request/],
    ['null', [good, null], /request/],
    ['an operation in a transaction', [good, { request: { method: 'POST', url: 'Patient/_search' } }], /cannot/],
    [
      'a Bundle in a Bundle',
      [good, { resource: { resourceType: 'Bundle', type: 'batch' }, request: { method: 'POST', url: '' } }],
      /./,
    ],
    ['a header that is none', [good, { ...good, request: { ...good.request, ifNoneExist: 'a\nb: c' } }], /ifNoneExist/],
    [
      'a nested __proto__',
      '{"resourceType":"Bundle","type":"transaction","entry":[{"__proto__":{"request":{"method":"DELETE","url":"Patient/C"}}}]}',
      /./,
    ],
    [
      'a member twice',
      '{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"Patient/C","url":"Patient/B"}}]}',
      /twice/,
    ],
    [
      'a patch with a member twice',
      [
        good,
        {
          resource: {
            resourceType: 'Binary',
            contentType: 'application/json-patch+json',
            data: Buffer.from('[{"op":"remove","path":"/name","path":"/link"}]').toString('base64'),
          },
          request: { method: 'PATCH', url: 'Patient/C' },
        },
      ],
      /entry\[1\].*twice/,
    ],
    ['too deep a resource', [good, { ...good, resource: patient({ extension: deep }) }], /nested|levels/],
    ['too many entries', Array.from({ length: 5001 }, () => good), /5000/],
    ['entries that are no list', { a: 1 }, /array/],
    [
      'a patch that is none',
      [good, { resource: patient({}), request: { method: 'PATCH', url: 'Patient/C' } }],
      /Binary/,
    ],
  ])('for %s stores nothing', async (_, entry, words) => {
    const before = await stored();
    const body = typeof entry === 'string' ? entry : { resourceType: 'Bundle', type: 'transaction', entry };
    const response = await answerTo('POST', '', body);
    expect([response.status < 500, await response.clone().text()]).toEqual([true, expect.stringMatching(words)]);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await stored()).toEqual(before);
  });

  it.each(['history', 'document', 'searchset', '', undefined, 5])('of type %s is refused', async (type) => {
    expect((await answerTo('POST', '', { resourceType: 'Bundle', type, entry: [good] })).status).toBe(400);
  });

  it('in a batch fails by itself', async () => {
    const bad = [
      {},
      null,
      about('x y'),
      { request: { method: 'GET', url: 'Patient/%' } },
      { request: { method: 'GET', url: 'Patient?_count=x' } },
    ];
    const entry = [{ request: { method: 'GET', url: 'Patient/C' } }, ...bad];
    const { entry: answered = [] } = (await (
      await answerTo('POST', '', { resourceType: 'Bundle', type: 'batch', entry })
    ).json()) as Bundle;
    expect(answered.map(({ response }) => response?.status?.slice(0, 1))).toEqual([
      '2',
      ...bad.map((one) => (one === bad[2] ? '2' : '4')),
    ]);
  });

  it.each([
    ['no list', {}],
    ['an unknown operation', [{ op: 'destroy', path: '/name' }]],
    ['a path to the prototype', [{ op: 'add', path: '/__proto__/active', value: true }]],
    ['the constructor', [{ op: 'add', path: '/constructor/prototype/x', value: 1 }]],
    ['a path that is not there', [{ op: 'remove', path: '/photo/7/title' }]],
    ['an index beyond the list', [{ op: 'add', path: '/name/99', value: {} }]],
    ['another id', [{ op: 'replace', path: '/id', value: 'B' }]],
    ['another type', [{ op: 'replace', path: '/resourceType', value: 'Group' }]],
    ['all of it', [{ op: 'remove', path: '' }]],
    ['what is not valid', [{ op: 'replace', path: '/gender', value: 5 }]],
    ['half a surrogate pair', '[{"op":"add","path":"/language","value":"\\ud800"}]'],
    ['a member twice', '[{"op":"add","path":"/language","value":"de","value":"fr"}]'],
    [
      'two values of one element',
      [
        { op: 'add', path: '/deceasedBoolean', value: true },
        { op: 'add', path: '/deceasedDateTime', value: '2020' },
      ],
    ],
    [
      'growth without end',
      Array.from({ length: 40 }, () => ({ op: 'copy', from: '/name', path: '/name/0/extension' })),
    ],
    ['too many operations', Array.from({ length: 1001 }, () => ({ op: 'test', path: '/id', value: 'C' }))],
  ])('as a patch of %s stores nothing', async (_, operations) => {
    const before = await stored();
    const response = await answerTo('PATCH', '/Patient/C', operations, {
      'content-type': 'application/json-patch+json',
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await stored()).toEqual(before);
  });
});

/**
 * Anything at all, by chance: a seed repeats it, and `FUZZ=20000` makes more of it. What it may store is valid; what it may not
 * do is to make the server fail.
 */
describe('whatever is sent', () => {
  const { FUZZ = '1500', FUZZ_SEED = '1' } = process.env;

  it('is answered without a fault of the server', async () => {
    const chance = new Chance(Number(FUZZ_SEED));
    for (let index = 0; index < Number(FUZZ); index++) await answerTo(...randomRequest(chance));
    const rows = await query<{ content: string }>(sql`SELECT content FROM resource WHERE NOT deleted`);
    for (const { content } of rows) expect(errorsIn(JSON.parse(content)), content.slice(0, 300)).toEqual([]);
  });

  it('is answered too when it comes all at once', async () => {
    const chance = new Chance(Number(FUZZ_SEED) + 1);
    for (let round = 0; round < 5; round++) {
      await Promise.all(Array.from({ length: 20 }, () => answerTo(...randomRequest(chance))));
    }
  });
});

const segments = [
  'Patient',
  'Observation',
  'Bundle',
  'A',
  'B',
  'a1',
  'fuzz',
  '_history',
  '_search',
  '1',
  '2',
  '*',
  'metadata',
  '$everything',
  '$validate',
  '%00',
  '%',
  '..',
  ' ',
  "'",
  'é',
  '_',
  '$',
  '',
  'x'.repeat(70),
];
const names = [
  '_id',
  '_count',
  '_sort',
  '_include',
  '_revinclude:iterate',
  '_total',
  '_summary',
  '_elements',
  '_lastUpdated',
  '_type',
  '_since',
  '_cursor',
  '_has:Observation:subject:code',
  'name',
  'subject',
  'subject:Patient.name',
  'code:not',
  'date',
  'value-quantity',
  'code-value-quantity',
  '_tag',
  '_format',
  '_pretty',
  'x',
  '',
  '%',
  ':',
  '.',
  'subject.',
  '_has',
  'name:',
];
const values = [
  ...attacks.map(encodeURIComponent),
  'A',
  'Patient/A',
  '1',
  '0',
  '-1',
  '1e400',
  '2024',
  'ge2024-01',
  'true',
  '*',
  'Observation:subject',
  'Patient:link',
  '%',
  '',
  'a,b',
  ',',
  '$',
  '1$2',
  '|',
  'http://loinc.org|1',
  '#',
  'json',
  'count',
  '\\',
  'a'.repeat(300),
  'x%00',
];
const headerNames = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-none-exist',
  'prefer',
  'accept',
  'content-type',
];
const headerValues = [
  'W/"1"',
  '"x"',
  '*',
  '',
  'return=minimal',
  'handling=strict',
  'application/json',
  'application/fhir+json',
  'text/html',
  'application/json-patch+json',
  'application/x-www-form-urlencoded',
  'identifier=1',
  '_id=A',
  ';',
  'Wed, 21 Oct 2015 07:28:00 GMT',
];

function randomRequest(chance: Chance): Sent {
  const method = chance.pick(['GET', 'GET', 'GET', 'POST', 'POST', 'PUT', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
  const path = chance.some(4, () => `/${chance.pick(segments)}`).join('');
  const query = chance.some(4, () => `${chance.pick(names)}=${chance.pick(values)}`).join('&');
  const headers = Object.fromEntries(chance.some(2, () => [chance.pick(headerNames), chance.pick(headerValues)]));
  const body = method === 'GET' || method === 'HEAD' ? undefined : chance.pick([undefined, query, randomBody(chance)]);
  return [method, `${path}${query && `?${query}`}`, body, headers];
}

/** A resource with a part taken away, doubled, or put somewhere else. */
function randomBody(chance: Chance): string {
  const text = JSON.stringify({ ...chance.pick(records), ...(chance.happens(0.5) ? { id: 'fuzz' } : {}) });
  const parts = text.split(/(?<=[,:{[])/);
  for (let times = chance.below(3); times > 0; times--) {
    const at = chance.below(parts.length);
    const junk = chance.pick([
      '',
      'null,',
      '{}',
      '[]',
      '"\\u0000",',
      '"",',
      '1e999,',
      '"__proto__":1,',
      parts[at] ?? '',
      '[[[[',
      '\ud800',
    ]);
    parts.splice(at, chance.below(2), junk);
  }
  return parts.join('');
}
