import { createHash } from 'node:crypto';
import type { Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { connection, database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { env } from '#lib/env.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { log } from '#lib/log/log.ts';
import { answerFhir } from '../answer-fhir.ts';
import { answerLaunchService } from '../launch-service/answer-launch-service.ts';

const own = env().origin;
const app = 'https://app.example';
const widgets = 'https://widgets.example:8443';
const elsewhere = 'https://elsewhere.example';

/** Origins that resemble one of the app's, or were once registered. */
const strangers: [string, string][] = [
  ['nobody', 'https://evil.example'],
  ['a suffix', 'https://app.example.evil.example'],
  ['a prefix', 'https://evil-app.example'],
  ['a subdomain', 'https://www.app.example'],
  ['plain http', 'http://app.example'],
  ['another port', 'https://app.example:444'],
  ['a disabled client', 'https://disabled.example'],
  ['a client of another sandbox', elsewhere],
  ['a sandboxed frame', 'null'],
  ['a wildcard', '*'],
];

async function issue(value: string, sandboxId: number, clientId: string, expiresAt = new Date(Date.now() + 3_600_000)) {
  const id = createHash('sha256').update(value).digest('base64url');
  const slug = value.startsWith('other') ? 'cors-two' : 'cors';
  const payload = { clientId, scope: 'system/Patient.rs', aud: `${own}/${slug}/fhir`, kind: 'ClientCredentials' };
  await database().oidcPayload.create({ data: { sandboxId, model: 'ClientCredentials', id, payload, expiresAt } });
}

beforeAll(async () => {
  const one = (await database().sandbox.create({ data: { slug: 'cors', name: 'One', orchestrateScope: false } })).id;
  const two = (await database().sandbox.create({ data: { slug: 'cors-two', name: 'Two' } })).id;
  await putResources(one, [{ resourceType: 'Patient', id: 'A' } as Resource]);
  const client = { name: 'App', scope: '', type: 'public', sandboxId: one, redirectUris: [] as string[] } as const;
  await database().client.createMany({
    data: [
      { ...client, clientId: 'app', redirectUris: [`${app}/cb`, '/samples/x/'], origins: [widgets] },
      { ...client, clientId: 'neighbour', redirectUris: ['https://neighbour.example/cb'] },
      { ...client, clientId: 'native', redirectUris: ['org.example.app:/cb'] },
      { ...client, clientId: 'disabled', redirectUris: ['https://disabled.example/cb'], enabled: false },
      { ...client, clientId: 'other', redirectUris: [`${elsewhere}/cb`], sandboxId: two },
    ],
  });
  await issue('app-token', one, 'app');
  await issue('native-token', one, 'native');
  await issue('expired', one, 'app', new Date(0));
});

function send(path: string, origin: string | undefined, more: { token?: string; method?: string } = {}) {
  const { token, method = 'GET' } = more;
  const request = new Request(`${own}/cors/fhir${path}`, {
    method,
    headers: withoutUndefined({ authorization: token ? `Bearer ${token}` : undefined, origin }),
  });
  return path.startsWith('/_services') ? answerLaunchService(request, 'cors') : answerFhir(request, 'cors');
}

/** The origin that may read an answer. */
function reader(response: Response): string | null {
  expect(response.headers.has('access-control-allow-credentials')).toBe(false);
  return response.headers.get('access-control-allow-origin');
}

const launches = '/_services/smart/Launch';

describe('discovery', () => {
  it.each(['/.well-known/smart-configuration', '/metadata'])('%s is for every origin [SMART 16]', async (path) => {
    for (const origin of [app, 'https://evil.example', 'null', undefined]) {
      const response = await send(path, origin);
      expect([response.status, reader(response)]).toEqual([200, '*']);
      expect(reader(await send(path, origin, { method: 'OPTIONS' }))).toBe('*');
    }
  });

  it('tells every origin what is wrong, too', async () => {
    const request = new Request(`${own}/nowhere/fhir/metadata`, { headers: { origin: 'https://evil.example' } });
    const response = await answerFhir(request, 'nowhere');
    expect([response.status, reader(response)]).toEqual([404, '*']);
  });
});

describe('the data', () => {
  it.each([app, widgets, own])(
    'may be read by a page of %s, which the client registered [SMART 17]',
    async (origin) => {
      const response = await send('/Patient/A', origin, { token: 'app-token' });
      expect([response.status, reader(response)]).toEqual([200, origin]);
      expect(response.headers.get('vary')).toContain('Origin');
      expect(response.headers.get('access-control-expose-headers')).toContain('ETag');
      expect(await response.json()).toMatchObject({ id: 'A' });
    },
  );

  it.each([...strangers, ['another client of the sandbox', 'https://neighbour.example'] as [string, string]])(
    'is kept from the pages of %s: %s',
    async (_, origin) => {
      const response = await send('/Patient/A', origin, { token: 'app-token' });
      expect([response.status, reader(response)]).toEqual([200, null]);
      expect(response.headers.get('vary')).toContain('Origin');
      expect(reader(await send('/Patient?_count=1', origin, { token: 'app-token' }))).toBeNull();
      expect(reader(await send('/Patient/nobody', origin, { token: 'app-token' }))).toBeNull();
      expect(reader(await send(`${launches}/none`, origin, { token: 'app-token' }))).toBeNull();
    },
  );

  it('is kept from a page without an origin though a native app has none either', async () => {
    expect(reader(await send('/Patient/A', 'null', { token: 'native-token' }))).toBeNull();
  });

  it('answers who sends no Origin as ever', async () => {
    const response = await send('/Patient/A', undefined, { token: 'app-token' });
    expect([response.status, reader(response)]).toEqual([200, null]);
  });

  it('costs no query more for its origin', async () => {
    const queries = vi.spyOn(connection().driver, 'send');
    await send('/Patient/A', app, { token: 'app-token' });
    expect(queries.mock.calls.length).toBe(2);
    queries.mockRestore();
  });
});

describe('a refusal', () => {
  it.each([
    ['no token', {}, '/Patient/A', 401],
    ['an unknown token', { token: 'unknown' }, '/Patient/A', 401],
    ['an expired token', { token: 'expired' }, '/Patient/A', 401],
    ['too small a scope', { token: 'app-token' }, '/Observation', 403],
    ['no token at the launch service', { method: 'POST' }, launches, 401],
  ])('for %s may be read by the pages of every app', async (_, more, path, status) => {
    for (const origin of [app, 'https://neighbour.example']) {
      const response = await send(path, origin, more);
      expect([response.status, reader(response)]).toEqual([status, origin]);
      expect(response.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
    }
    for (const [, origin] of strangers) expect(reader(await send(path, origin, more))).toBeNull();
  });

  it('is answered when the database fails', async () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {});
    const failing = vi.spyOn(connection().driver, 'send').mockRejectedValue(new Error('down'));
    const response = await send('/Patient/A', app, { token: 'app-token' });
    failing.mockRestore();
    logged.mockRestore();
    // Nobody can look up which origins are registered then, and the answer says nothing about anybody.
    expect([response.status, reader(response)]).toEqual([500, '*']);
  });
});

describe('a preflight', () => {
  it.each(['/Patient/A', '/Patient', '/Patient/_search', launches])(
    'of %s is granted to the pages of every app, whose token it does not carry [SMART 17]',
    async (path) => {
      for (const origin of [app, widgets, own, 'https://neighbour.example']) {
        const response = await send(path, origin, { method: 'OPTIONS' });
        expect([response.status, reader(response)]).toEqual([204, origin]);
        expect(response.headers.get('access-control-allow-headers')).toContain('Authorization');
        expect(response.headers.get('access-control-allow-methods')).toContain('POST');
        expect(response.headers.get('access-control-max-age')).toBe('3600');
        expect(response.headers.get('vary')).toBe('Origin');
      }
    },
  );

  it.each(strangers)('is not granted to %s: %s', async (_, origin) => {
    for (const path of ['/Patient/A', launches]) {
      const response = await send(path, origin, { method: 'OPTIONS' });
      expect([response.status, reader(response)]).toEqual([204, null]);
      expect(response.headers.has('access-control-allow-headers')).toBe(false);
    }
  });

  it('takes one query, and none for our own pages', async () => {
    const queries = vi.spyOn(connection().driver, 'send');
    await send('/Patient/A', app, { method: 'OPTIONS' });
    await send('/Patient/A', own, { method: 'OPTIONS' });
    await send('/Patient/A', undefined, { method: 'OPTIONS' });
    expect(queries.mock.calls.length).toBe(1);
    queries.mockRestore();
  });

  it('knows a host by either of its spellings', async () => {
    const { id: sandboxId } = await database().sandbox.findUniqueOrThrow({ where: { slug: 'cors' } });
    const client = { sandboxId, clientId: 'umlaut', name: 'App', scope: '', type: 'public' } as const;
    await database().client.create({ data: { ...client, redirectUris: ['https://bücher.example/cb'] } });
    const origin = 'https://xn--bcher-kva.example';
    expect(reader(await send('/Patient/A', origin, { method: 'OPTIONS' }))).toBe(origin);
  });
});
