import { createHash } from 'node:crypto';
import type { Bundle, CapabilityStatement, OperationOutcome, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { connection, database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { env } from '#lib/env.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { log } from '#lib/log/log.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { answerFhir } from '../answer-fhir.ts';
import { readStored } from '../read/read.ts';
import { searchText } from '../search/search.ts';

const { origin } = env();
const base = `${origin}/one/fhir`;

/** Puts a token into the database in the form that oidc-provider's adapter gives it. */
async function issue(
  value: string,
  sandboxId: number,
  {
    scope = 'user/*.rs',
    model = 'AccessToken',
    clientId = 'app',
    accountId = 'clinician' as string | null,
    aud = base as string | null,
    expiresAt = new Date(Date.now() + 3_600_000),
    patient = '',
  } = {},
): Promise<void> {
  const id = createHash('sha256').update(value).digest('base64url');
  const grantId = `grant-${value}`;
  const payload = withoutUndefined({
    clientId,
    scope,
    accountId: accountId ?? undefined,
    grantId: accountId ? grantId : undefined,
    aud: aud ?? undefined,
    kind: model,
  });
  await database().oidcPayload.create({ data: { sandboxId, model, id, payload, grantId, expiresAt } });
  const context = patient ? { patient } : {};
  if (accountId) await database().grantContext.create({ data: { grantId, sandboxId, clientId, context } });
}

const resources = [
  {
    resourceType: 'Patient',
    id: 'A',
    name: [{ family: 'Alpha' }],
    generalPractitioner: [{ reference: 'Practitioner/dr' }],
  },
  { resourceType: 'Patient', id: 'B', name: [{ family: 'Beta' }] },
  { resourceType: 'Practitioner', id: 'dr', name: [{ family: 'Chen' }] },
  ...['a1', 'a2', 'a3', 'b1'].map((id) => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: id === 'a3' ? 'weight' : 'bili' }] },
    category: [{ coding: [{ code: id === 'a3' ? 'vital-signs' : 'laboratory' }] }],
    subject: { reference: `Patient/${id[0]?.toUpperCase()}` },
    effectiveDateTime: `2024-01-0${id[1]}`,
  })),
] as Resource[];

beforeAll(async () => {
  const one = (await database().sandbox.create({ data: { slug: 'one', name: 'One' } })).id;
  const two = (await database().sandbox.create({ data: { slug: 'two', name: 'Two' } })).id;
  await putResources(one, resources, { now: new Date('2026-01-02T03:04:05.678Z') });
  await putResources(two, [{ resourceType: 'Patient', id: 'A', name: [{ family: 'Elsewhere' }] } as Resource]);
  for (const id of ['clinician', 'patient', 'stranger']) {
    await database().user.create({ data: { id, username: id, name: id, passwordHash: '' } });
  }
  await database().membership.createMany({
    data: [
      { sandboxId: one, userId: 'clinician', role: 'clinician', fhirUser: 'Practitioner/dr' },
      { sandboxId: one, userId: 'patient', role: 'patient', fhirUser: 'Patient/A' },
      { sandboxId: two, userId: 'clinician', role: 'clinician' },
    ],
  });
  const client = { name: 'App', scope: '', type: 'public', sandboxId: one } as const;
  await database().client.createMany({
    data: [
      { ...client, clientId: 'app' },
      { ...client, clientId: 'disabled', enabled: false },
      { ...client, clientId: 'app', sandboxId: two },
    ],
  });
  await issue('user', one);
  await issue('user-narrow', one, { scope: 'user/Observation.rs?category=laboratory user/Patient.r openid fhirUser' });
  await issue('search-only', one, { scope: 'user/Observation.s' });
  await issue('launched', one, { scope: 'patient/*.rs', patient: 'A' });
  await issue('launched-v1', one, { scope: 'patient/Observation.read', patient: 'A' });
  await issue('launched-nobody', one, { scope: 'patient/*.rs' });
  await issue('own-record', one, { scope: 'user/*.rs', accountId: 'patient' });
  await issue('own-launched-elsewhere', one, { scope: 'patient/*.rs', accountId: 'patient', patient: 'B' });
  await issue('tells-user', one, { scope: 'patient/Patient.rs openid fhirUser', patient: 'A' });
  await issue('service', one, { scope: 'system/*.rs', model: 'ClientCredentials', accountId: null });
  await issue('service-as-user', one, { scope: 'user/*.rs', model: 'ClientCredentials', accountId: null });
  await issue('user-as-service', one, { scope: 'system/*.rs' });
  await issue('expired', one, { expiresAt: new Date(Date.now() - 1000) });
  await issue('of-disabled', one, { clientId: 'disabled' });
  await issue('of-deleted', one, { clientId: 'deleted' });
  await issue('of-stranger', one, { accountId: 'stranger' });
  await issue('for-elsewhere', one, { aud: `${origin}/two/fhir` });
  await issue('for-nothing', one, { aud: null });
  await issue('refresh', one, { model: 'RefreshToken' });
  await issue('in-two', two, { aud: `${origin}/two/fhir` });
});

function send(path: string, token?: string, init: RequestInit = {}, slug = 'one'): Promise<Response> {
  const headers = { ...withoutUndefined({ Authorization: token ? `Bearer ${token}` : undefined }), ...init.headers };
  return answerFhir(new Request(`http://evil.example/${slug}/fhir${path}`, { ...init, headers }), slug);
}

async function outcomeOf(response: Response): Promise<OperationOutcome['issue'][number]> {
  expect(response.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
  const outcome = (await response.json()) as OperationOutcome;
  expect(outcome.resourceType).toBe('OperationOutcome');
  return outcome.issue[0] as OperationOutcome['issue'][number];
}

async function bundleOf(response: Response): Promise<Bundle> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text);
}

async function found(path: string, token: string): Promise<string> {
  const { entry = [] } = await bundleOf(await send(path, token));
  return entry
    .map(({ resource, search }) => `${search?.mode === 'match' ? '' : '+'}${resource?.id ?? resource?.resourceType}`)
    .join(' ');
}

describe('a bearer token', () => {
  it.each([
    'expired',
    'of-disabled',
    'of-deleted',
    'of-stranger',
    'for-elsewhere',
    'for-nothing',
    'refresh',
    'in-two',
    'unknown',
  ])('%s is refused', async (token) => {
    const response = await send('/Patient/A', token);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="[^"]+", error="invalid_token"/);
    expect(await outcomeOf(response)).toMatchObject({ severity: 'error', code: 'login' });
  });

  it.each<Record<string, string>>([
    {},
    { Authorization: 'Basic dXNlcjp1c2Vy' },
    { Authorization: 'Bearer' },
    { Authorization: 'Bearer a b' },
  ])('is missing in %o', async (headers) => {
    const response = await send('/Patient/A', undefined, { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(`Bearer realm="${base}"`);
  });

  it('does not travel in the URL', async () => {
    expect((await send('/Patient/A?access_token=user')).status).toBe(401);
  });
});

describe('read', () => {
  it('answers the stored resource with its version', async () => {
    const response = await send('/Patient/A', 'user');
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe('W/"1"');
    expect(response.headers.get('last-modified')).toBe('Fri, 02 Jan 2026 03:04:05 GMT');
    expect(response.headers.get('content-location')).toBe(`${base}/Patient/A`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      ...resources[0],
      meta: { versionId: '1', lastUpdated: '2026-01-02T03:04:05.678Z' },
    });
  });

  it.each([
    ['user', '/Patient/B', 200],
    ['user', '/Patient/B/', 200],
    ['user', '/Patient/nobody', 404],
    ['user', `/Patient/${'x'.repeat(65)}`, 404],
    ['user', "/Patient/'; DROP TABLE resource; --", 404],
    ['user', '/Patient/%00', 404],
    ['user', '/Patient/__proto__', 404],
    ['user', '/Nothing/A', 404],
    ['user', '/Resource/A', 404],
    ['user', '/patient/A', 404],
    ['user', '/Patient/%ff', 400],
    ['launched', '/Patient/A', 200],
    ['launched', '/Patient/B', 404],
    ['launched', '/Observation/a1', 200],
    ['launched', '/Observation/b1', 404],
    ['launched', '/Practitioner/dr', 404],
    ['launched-v1', '/Observation/a1', 200],
    ['launched-v1', '/Patient/A', 403],
    ['launched-nobody', '/Patient/A', 403],
    ['user-narrow', '/Observation/a1', 200],
    ['user-narrow', '/Observation/a3', 404],
    ['user-narrow', '/Practitioner/dr', 200],
    ['user-narrow', '/Condition/x', 403],
    ['search-only', '/Observation/a1', 403],
    ['own-record', '/Patient/A', 200],
    ['own-record', '/Patient/B', 404],
    ['own-record', '/Observation/b1', 404],
    ['own-launched-elsewhere', '/Patient/B', 403],
    ['tells-user', '/Practitioner/dr', 200],
    ['tells-user', '/Practitioner/other', 404],
    ['service', '/Patient/B', 200],
    ['service-as-user', '/Patient/B', 403],
    ['user-as-service', '/Patient/B', 403],
  ])('%s gets %s: %i', async (token, path, status) => {
    const response = await send(path, token);
    expect(response.status).toBe(status);
    if (status !== 200) expect(await outcomeOf(response)).toHaveProperty('diagnostics');
  });

  it('names the missing scope', async () => {
    const response = await send('/Patient/A', 'launched-v1');
    expect(response.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_scope", scope="patient/Patient.r"',
    );
    expect(await outcomeOf(response)).toMatchObject({
      code: 'forbidden',
      diagnostics: 'The scope patient/Patient.r is missing.',
    });
  });

  it('answers what is out of reach like what does not exist', async () => {
    const issues = [await send('/Patient/B', 'launched'), await send('/Patient/C', 'launched')].map(outcomeOf);
    const [there, nowhere] = await Promise.all(issues);
    expect(there?.diagnostics?.replace('"B"', '"C"')).toBe(nowhere?.diagnostics);
    expect({ ...there, diagnostics: '' }).toEqual({ ...nowhere, diagnostics: '' });
  });

  it('keeps sandboxes apart [SMART 96]', async () => {
    const response = await send('/Patient/A', 'in-two', {}, 'two');
    expect(await response.json()).toMatchObject({ name: [{ family: 'Elsewhere' }] });
    expect((await send('/Patient/B', 'in-two', {}, 'two')).status).toBe(404);
    expect((await send('/Patient/A', 'user', {}, 'two')).status).toBe(401);
    expect((await send('/Patient/A', 'user', {}, 'three')).status).toBe(404);
  });
});

describe('search', () => {
  it.each([
    ['user', '/Observation?patient=A&code=bili&_sort=-date', 'a2 a1'],
    ['user', '/Observation/?_sort=date&_count=2', 'a1 b1'],
    ['launched', '/Observation?_sort=date', 'a1 a2 a3'],
    ['launched', '/Observation?patient=B', ''],
    ['launched', '/Observation?_id=a1,b1', 'a1'],
    ['launched', '/Patient', 'A'],
    ['launched', '/Patient?_revinclude=Observation:subject', 'A +a1 +a2 +a3'],
    ['launched', '/Observation?_id=a1&_include=Observation:patient', 'a1 +A'],
    ['launched', '/Patient?_include=Patient:general-practitioner', 'A'],
    ['launched', '/Patient?general-practitioner.name=Chen', ''],
    ['user', '/Patient?general-practitioner.name=Chen', 'A'],
    ['user-narrow', '/Observation?_sort=date', 'a1 b1 a2'],
    ['user-narrow', '/Observation?_id=a3', ''],
    ['user-narrow', '/Observation?_id=a1&_include=Observation:subject', 'a1 +A'],
    ['search-only', '/Observation?_id=a1&_include=Observation:subject', 'a1'],
    ['own-record', '/Observation?_sort=_id', 'a1 a2 a3'],
    ['service', '/Observation?patient:Patient=B', 'b1'],
  ])('%s finds %s: %s', async (token, path, expected) => {
    expect(await found(path, token)).toBe(expected);
  });

  it.each([
    ['user-narrow', '/Patient', 'user/Patient.s'],
    ['launched-v1', '/Patient', 'patient/Patient.s'],
    ['launched-nobody', '/Observation', 'patient/Observation.s'],
  ])('%s may not search %s', async (token, path, scope) => {
    const response = await send(path, token);
    expect(response.status).toBe(403);
    expect((await outcomeOf(response)).diagnostics).toBe(`The scope ${scope} is missing.`);
  });

  it('answers a Bundle of our own URLs, whatever the Host', async () => {
    const bundle = await bundleOf(await send('/Observation?patient=A&_sort=date&_count=2', 'user'));
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 3 });
    expect(bundle.entry?.[0]).toMatchObject({ fullUrl: `${base}/Observation/a1`, search: { mode: 'match' } });
    expect(bundle.link?.[0]).toEqual({ relation: 'self', url: `${base}/Observation?patient=A&_sort=date&_count=2` });
    const next = bundle.link?.find(({ relation }) => relation === 'next')?.url ?? '';
    expect(next.startsWith(`${base}/Observation?`)).toBe(true);
    const last = await bundleOf(await send(next.slice(base.length), 'user'));
    expect(last).toMatchObject({ total: 3, entry: [{ resource: { id: 'a3' } }] });
    expect(last.link?.map(({ relation }) => relation)).toEqual(['self']);
  });

  it('gives a stolen cursor no more than its own reach', async () => {
    const bundle = await bundleOf(await send('/Observation?_count=1&_sort=_id', 'user'));
    const next = bundle.link?.[1]?.url.slice(base.length) ?? '';
    expect(await found(next, 'launched')).toBe('a2');
    expect((await bundleOf(await send(next, 'launched'))).total).toBe(3);
  });

  it('by POST takes the form in the body', async () => {
    const method = 'POST';
    const body = 'patient=A&code=weight';
    const form = { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' };
    const bundle = await bundleOf(
      await send('/Observation/_search?_total=none', 'user', { method, body, headers: form }),
    );
    expect(bundle.entry?.map(({ resource }) => resource?.id)).toEqual(['a3']);
    expect(bundle).not.toHaveProperty('total');
    expect((await send('/Observation/_search', 'user', { method, body: '{}' })).status).toBe(415);
    expect((await send('/Observation/_search', 'user', { method, body: 'code=%E0', headers: form })).status).toBe(400);
    expect((await send('/Observation/_search', 'launched-nobody', { method, body, headers: form })).status).toBe(403);
    const long = `code=${'x'.repeat(1024 * 1024)}`;
    expect((await send('/Observation/_search', 'user', { method, body: long, headers: form })).status).toBe(413);
  });

  it('asks all types at the base, and for a whole record', async () => {
    expect(await found('?_type=Patient,Observation&_id=A,a1,b1', 'launched')).toBe('A a1');
    expect(await found('?_id=A,dr', 'user')).toBe('A dr');
    expect(await found('/Patient/A/$everything', 'launched')).toBe('A a1 a2 a3');
    expect(await found('/Patient/A/$everything?_type=Patient', 'user')).toBe('A +dr');
    expect((await send('/Patient/B/$everything', 'launched')).status).toBe(404);
    expect((await send('', 'launched-nobody')).status).toBe(403);
    expect((await send('/Patient/A/$everything')).status).toBe(401);
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const posted = await send('/_search', 'user', { method: 'POST', body: '_id=a3', headers });
    expect((await bundleOf(posted)).entry?.map(({ resource }) => resource?.id)).toEqual(['a3']);
  });

  it('names ignored parameters in the Bundle', async () => {
    const { entry, link } = await bundleOf(
      await send('/Patient?flavour=sweet&_id=A&__proto__=1&_has:Observation:patient:flavour=x', 'user'),
    );
    expect(entry?.map(({ search }) => search?.mode)).toEqual(['match', 'outcome']);
    const outcome = entry?.[1]?.resource as OperationOutcome;
    expect(outcome.issue.map(({ diagnostics }) => diagnostics)).toEqual([
      'The search parameter "flavour" is not supported for Patient.',
      'The search parameter "__proto__" is not supported for Patient.',
      'The search parameter "_has:Observation:patient:flavour" is not supported for Patient.',
    ]);
    expect(link?.[0]?.url).toBe(`${base}/Patient?_id=A`);
  });

  it('refuses unknown parameters when handling is strict', async () => {
    const strict = { headers: { Prefer: 'respond-async, handling=strict' } };
    const response = await send('/Patient?flavour=sweet', 'user', strict);
    expect(response.status).toBe(400);
    expect((await outcomeOf(response)).diagnostics).toContain('"flavour"');
    expect((await send('/Patient?name=a', 'user', strict)).status).toBe(200);
  });

  it.each([
    'birthdate=yesterday',
    'birthdate=2024-02-30',
    'birthdate=',
    'gender:above=x',
    'name:not=x',
    '_count=-1',
    '_count=many',
    '_total=some',
    '_cursor=x',
    'name=%00',
    'name=%FF',
    'name=%EF%BF%BD',
    'name=100%',
    '_include:twice=Patient:link',
    'link:Practitioner=x',
    'link:Patient=not/an/id',
    'general-practitioner.name:below=x',
    'link:Patient.link:Patient.link:Patient.link:Patient.name=x',
    `_id=${'a,'.repeat(10_000)}a`,
    `${'name=a&'.repeat(1001)}_id=A`,
  ])('refuses Patient?%.60s', async (queryString) => {
    const response = await send(`/Patient?${queryString}`, 'user');
    expect(response.status).toBe(400);
    expect(await outcomeOf(response)).toMatchObject({ severity: 'error' });
  });

  const parameters = [
    '_id',
    'name',
    'family:exact',
    'name:contains',
    'gender',
    'identifier',
    'link',
    '_tag',
    '_profile',
    'link.name',
    '_sort',
    '_include',
    '_revinclude',
    '_summary',
    '_elements',
    '_format',
  ];
  const attacks = [
    "' OR 1=1 --",
    "'; DROP TABLE resource; --",
    '"',
    '\\',
    '$1',
    '%25',
    '_',
    '\u{1F600}',
    '|',
    '\\,',
    '__proto__',
    'constructor',
    '(',
    '*',
  ];
  it.each(parameters)('takes every value of %s for a value', async (parameter) => {
    for (const attack of attacks) {
      const response = await send(`/Patient?${parameter}=${encodeURIComponent(attack)}`, 'launched');
      expect([200, 400, 406], `${parameter}=${attack}`).toContain(response.status);
      const { entry = [] } = (await response.json()) as Bundle;
      const others = entry.filter(({ resource, search }) => search?.mode === 'match' && resource?.id !== 'A');
      expect(others).toEqual([]);
    }
    expect(await found('/Patient?_sort=_id', 'user')).toBe('A B');
  });

  it('bounds a huge _count', async () => {
    expect(await found('/Patient?_count=99999999999999999999&_sort=_id', 'user')).toBe('A B');
  });

  it('answers a count alone', async () => {
    const bundle = await bundleOf(await send('/Observation?_summary=count', 'launched'));
    expect(bundle).toMatchObject({ total: 3 });
    expect(bundle.entry).toBeUndefined();
  });
});

describe('discovery', () => {
  it('announces the same endpoints twice [SMART 16 372 374 377 380]', async () => {
    const discovered = await send('/.well-known/smart-configuration', undefined, { headers: { Accept: 'text/html' } });
    expect(discovered.headers.get('content-type')).toBe('application/json');
    expect(discovered.headers.get('access-control-allow-origin')).toBe('*');
    const smart = (await discovered.json()) as Record<string, string | string[]>;
    const statement = (await (await send('/metadata')).json()) as CapabilityStatement;
    const uris = statement.rest?.[0]?.security?.extension?.[0]?.extension ?? [];
    const announced = new Map(uris.map(({ url, valueUri }) => [url, valueUri]));
    const twins = {
      authorize: 'authorization',
      token: 'token',
      introspect: 'introspection',
      manage: 'management',
      register: 'registration',
      revoke: 'revocation',
      'launch-registration': 'launch_registration',
    };
    for (const [uri, twin] of Object.entries(twins)) expect(announced.get(uri), uri).toBe(smart[`${twin}_endpoint`]);
    expect(smart).toMatchObject({
      issuer: `${origin}/one`,
      authorization_endpoint: `${origin}/one/oauth/authorize`,
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('describes what is there', async () => {
    const statement = (await (await send('/metadata')).json()) as CapabilityStatement;
    expect(statement).toMatchObject({
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      implementation: { url: base },
    });
    const observation = statement.rest?.[0]?.resource?.find(({ type }) => type === 'Observation');
    expect(observation?.interaction?.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['read', 'vread', 'update', 'delete', 'history-instance', 'create', 'search-type']),
    );
    expect(observation?.searchParam?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['_id', '_lastUpdated', 'code', 'patient', 'value-quantity']),
    );
    expect(observation).toMatchObject({
      conditionalCreate: true,
      conditionalUpdate: true,
      conditionalDelete: 'single',
      interaction: expect.arrayContaining([{ code: 'patch' }]),
    });
    const location = statement.rest?.[0]?.resource?.find(({ type }) => type === 'Location');
    expect(location?.searchParam?.find(({ name }) => name === 'near')).toMatchObject({
      type: 'special',
      documentation: expect.stringContaining('25 km'),
    });
    expect(statement.patchFormat).toEqual(['application/json-patch+json']);
    expect(statement.rest?.[0]?.interaction?.map(({ code }) => code).sort()).toEqual([
      'batch',
      'history-system',
      'search-system',
      'transaction',
    ]);
    expect(observation?.searchInclude).toContain('Observation:subject');
    expect(observation?.searchRevInclude).toContain('Provenance:target');
  });

  it.each(['/metadata', '/.well-known/smart-configuration', '/Patient'])(
    '%s of no sandbox is not found',
    async (path) => {
      for (const slug of ['three', 'a\0b', '', '__proto__']) {
        const response = await answerFhir(new Request(`${origin}/x/fhir${path}`), slug);
        expect(response.status).toBe(404);
        expect((await outcomeOf(response)).code).toBe('not-found');
      }
    },
  );
});

describe('HTTP', () => {
  it.each([
    ['application/fhir+json', 200],
    ['application/json', 200],
    ['application/json+fhir', 200],
    ['application/fhir+xml, application/json;q=0.5', 200],
    ['*/*', 200],
    ['application/*', 200],
    ['application/fhir+xml', 406],
    ['text/html', 406],
    ['application/json;q=0', 406],
  ])('Accept: %s gets %i', async (accept, status) => {
    expect((await send('/Patient/A', 'user', { headers: { Accept: accept } })).status).toBe(status);
    expect((await send('/metadata', undefined, { headers: { Accept: accept } })).status).toBe(status);
  });

  it.each([
    ['json', 200],
    ['application/fhir+json', 200],
    ['xml', 406],
  ])('_format=%s gets %i', async (format, status) => {
    expect((await send(`/Patient/A?_format=${format}`, 'user', { headers: { Accept: 'text/html' } })).status).toBe(
      status,
    );
  });

  it.each(['/Patient/A', '/Patient', '/metadata', '/Patient/none', '/Patient/A/_history/1'])(
    'answers %s on many lines with _pretty=true',
    async (path) => {
      const plain = await (await send(path, 'user')).text();
      const response = await send(`${path}?_pretty=true`, 'user');
      const text = await response.text();
      expect(text.split('\n').length).toBeGreaterThan(5);
      if (path !== '/Patient') expect(JSON.parse(text)).toEqual(JSON.parse(plain));
      expect(response.headers.get('content-type')).toContain('application/fhir+json');
      expect(await (await send(`${path}?_pretty=true`, 'user', { method: 'HEAD' })).text()).toBe('');
    },
  );

  it.each([
    ['_elements=birthDate', 200],
    ['_summary=text', 200],
    ['_summary=count', 400],
    ['_summary=much', 400],
    ['_elements=a.b', 400],
  ])('reads a part of a resource with %s: %i', async (view, status) => {
    for (const path of ['/Patient/A', '/Patient/A/_history/1']) {
      const response = await send(`${path}?${view}`, 'user');
      expect(response.status).toBe(status);
      const { meta } = await response.json();
      if (status === 200) expect(meta.tag).toContainEqual(expect.objectContaining({ code: 'SUBSETTED' }));
    }
    expect((await (await send('/Patient/A?_elements=birthDate', 'user')).json()).name).toBeUndefined();
  });

  it('answers HEAD without a body', async () => {
    const response = await send('/Patient/A', 'user', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe('W/"1"');
    expect(await response.text()).toBe('');
  });

  it.each([
    ['POST', '', '{}', 415, 'not-supported'],
    ['PATCH', '/Patient/A', '[]', 403, 'forbidden'],
    ['DELETE', '/Patient', undefined, 403, 'forbidden'],
    ['PATCH', '/metadata', '[]', 405, 'not-supported'],
    ['POST', '/Patient/A', '{}', 405, 'not-supported'],
    ['GET', '/Patient/$everything', undefined, 405, 'not-supported'],
    ['GET', '/Patient/A/extra', undefined, 404, 'not-found'],
    ['GET', '/..%2f..%2fetc', undefined, 404, 'not-found'],
  ])('%s %s with %s: %i %s', async (method, path, body, status, code) => {
    const response = await send(path, 'user', withoutUndefined({ method, body }));
    expect(response.status).toBe(status);
    expect((await outcomeOf(response)).code).toBe(code);
    expect(await found('/Patient?_sort=_id', 'user')).toBe('A B');
  });

  it('tells nothing of a surprise but its number', async () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {});
    const failing = vi.spyOn(connection().driver, 'send').mockRejectedValue(new Error('secret detail'));
    const response = await send('/Patient/A', 'user');
    failing.mockRestore();
    const requestId = response.headers.get('x-request-id') ?? 'none';
    expect(response.status).toBe(500);
    const issue = await outcomeOf(response);
    expect(issue).toMatchObject({ code: 'exception' });
    expect(issue.diagnostics).toContain(requestId);
    expect(JSON.stringify(issue)).not.toContain('secret');
    expect(logged.mock.calls[0]?.[1]).toMatchObject({ requestId });
    logged.mockRestore();
  });

  it.each([
    ['read', '/Patient/A', 2],
    ['search on one page', '/Observation?patient=A&code=bili', 2],
    ['search on many pages', '/Observation?_count=1', 3],
  ])('takes for a %s no more round trips than counted', async (_, path, most) => {
    const queries = vi.spyOn(connection().driver, 'send');
    expect((await send(path, 'user')).status).toBe(200);
    expect(queries.mock.calls.length).toBe(most);
    queries.mockRestore();
  });
});

describe('in the same process', () => {
  const permission = { scopes: [], fhirUser: 'Practitioner/dr' };
  const everybody = { scopes: resourceScopes('user/*.s') };
  it('reads and searches as a person may', async () => {
    const sandbox = await database().sandbox.findUniqueOrThrow({ where: { slug: 'one' } });
    const reader = { sandbox, sandboxId: sandbox.id, permission };
    const all = new URLSearchParams();
    expect(JSON.parse((await readStored(reader, 'Practitioner', 'dr')).content)).toMatchObject({ id: 'dr' });
    await expect(readStored(reader, 'Patient', 'A')).rejects.toMatchObject({ status: 403 });
    await expect(searchText(reader, 'Patient', all)).rejects.toMatchObject({ status: 403 });
    const byId = new URLSearchParams('_id=A');
    const bundle = JSON.parse(await searchText({ ...reader, permission: everybody }, 'Patient', byId));
    expect(bundle.total).toBe(1);
  });
});
