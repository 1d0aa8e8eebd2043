import { beforeAll, describe, expect, it } from 'vitest';
import type { Verb } from '#lib/smart/scope/scope.ts';
import { fhirServer } from './fhir-server.ts';

/** Every kind of request and the letter it needs; `type` is the type in the missing scope. */
interface WayIn {
  method: string;
  path: string;
  needs: Verb;
  type?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  subject: { reference: 'Patient/A' },
};

const patch = [{ op: 'replace', path: '/status', value: 'amended' }];
const patchType = { 'content-type': 'application/json-patch+json' };

function transaction(method: string, url: string, resource?: object) {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ request: { method, url }, resource }],
  };
}

const waysIn: WayIn[] = [
  { method: 'GET', path: '/Observation/a1', needs: 'r' },
  { method: 'HEAD', path: '/Observation/a1', needs: 'r' },
  { method: 'GET', path: '/Observation/a1/_history/1', needs: 'r' },
  { method: 'GET', path: '/Observation/a1/_history', needs: 'r' },
  { method: 'GET', path: '/Observation/_history', needs: 'r' },
  { method: 'GET', path: '/_history', needs: 'r', type: '*' },
  { method: 'GET', path: '/Observation?code=x', needs: 's' },
  { method: 'POST', path: '/Observation/_search', needs: 's', body: 'code=x', headers: form },
  { method: 'GET', path: '?_id=a1', needs: 's', type: '*' },
  { method: 'GET', path: '?_type=Observation', needs: 's' },
  { method: 'POST', path: '/_search', needs: 's', type: '*', body: '_id=a1', headers: form },
  { method: 'GET', path: '/Patient/A/Observation', needs: 's' },
  { method: 'POST', path: '/Patient/A/Observation/_search', needs: 's', body: '', headers: form },
  { method: 'GET', path: '/Patient/A/*', needs: 's', type: '*' },
  { method: 'GET', path: '/Patient/A/$everything', needs: 'r', type: 'Patient' },
  { method: 'GET', path: '/Patient/A/$everything', needs: 's', type: '*' },
  { method: 'POST', path: '/Observation', needs: 'c', body: observation },
  { method: 'PUT', path: '/Observation/a2', needs: 'u', body: { ...observation, id: 'a2' } },
  { method: 'DELETE', path: '/Observation/a3', needs: 'd' },
  { method: 'PATCH', path: '/Observation/a2', needs: 'u', body: patch, headers: patchType },
  { method: 'PATCH', path: '/Observation?_id=a2', needs: 'u', body: patch, headers: patchType },
  { method: 'PATCH', path: '/Observation?_id=a2', needs: 's', body: patch, headers: patchType },
  { method: 'POST', path: '/Observation', needs: 'c', body: observation, headers: { 'if-none-exist': '_id=none' } },
  { method: 'POST', path: '/Observation', needs: 's', body: observation, headers: { 'if-none-exist': '_id=none' } },
  { method: 'PUT', path: '/Observation?_id=a2', needs: 'u', body: observation },
  { method: 'PUT', path: '/Observation?_id=a2', needs: 's', body: observation },
  { method: 'DELETE', path: '/Observation?_id=none', needs: 'd' },
  { method: 'DELETE', path: '/Observation?_id=none', needs: 's' },
  { method: 'POST', path: '', needs: 'c', body: transaction('POST', 'Observation', observation) },
  { method: 'POST', path: '', needs: 'u', body: transaction('PUT', 'Observation/a2', { ...observation, id: 'a2' }) },
  { method: 'POST', path: '', needs: 'd', body: transaction('DELETE', 'Observation/a4') },
  { method: 'POST', path: '', needs: 'r', body: transaction('GET', 'Observation/a1') },
  { method: 'POST', path: '', needs: 's', body: transaction('GET', 'Observation?_id=a1') },
];

const letters: Verb[] = ['c', 'r', 'u', 'd', 's'];
const levels = ['user', 'patient'] as const;
let here: Awaited<ReturnType<typeof fhirServer>>;

beforeAll(async () => {
  const bearers = levels.flatMap((level) =>
    letters.map((letter) => [
      `${level}-without-${letter}`,
      { scope: `${level}/*.${letters.filter((one) => one !== letter).join('')}`, patient: 'A' },
    ]),
  );
  here = await fhirServer({
    ...Object.fromEntries(bearers),
    other: { scope: 'user/Practitioner.cruds' },
    none: { scope: 'openid' },
    contextless: { scope: 'patient/*.cruds' },
    all: { scope: 'patient/*.cruds', patient: 'A' },
  });
  await here.put([
    { resourceType: 'Patient', id: 'A' },
    ...['a1', 'a2', 'a3', 'a4'].map((id) => ({ ...observation, id })),
  ]);
});

async function stored(): Promise<unknown> {
  return (await here.send('GET', '/_history', 'all')).json();
}

async function ask(token: string, { method, path, body, headers }: WayIn): Promise<Response> {
  return here.send(method, path, token, body, headers);
}

describe.each(waysIn)('$method $path without $needs (%#)', (way) => {
  const { method, needs, type = 'Observation' } = way;

  it.each(levels)('is refused, and the refusal names the %s scope that is missing', async (level) => {
    const before = await stored();
    const response = await ask(`${level}-without-${needs}`, way);
    const scope = `${level}/${type}.${needs}`;
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toBe(`Bearer error="insufficient_scope", scope="${scope}"`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const issue = [
      { severity: 'error', code: 'forbidden', diagnostics: expect.stringContaining(`The scope ${scope} is missing.`) },
    ];
    if (method !== 'HEAD') expect(await response.json()).toMatchObject({ resourceType: 'OperationOutcome', issue });
    expect(await stored()).toEqual(before);
  });

  it('is refused to scopes of another type, to none, and to patient scopes without a patient', async () => {
    const before = await stored();
    const wide = type === '*' || way.path.startsWith('?') || way.path.startsWith('/_');
    for (const token of wide ? ['none', 'contextless'] : ['other', 'none', 'contextless']) {
      const response = await ask(token, way);
      expect([token, response.status]).toEqual([token, 403]);
      expect(response.headers.get('www-authenticate')).toMatch(
        /^Bearer error="insufficient_scope", scope="\w+\/[\w*]+\.[cruds]"$/,
      );
    }
    expect(await stored()).toEqual(before);
  });
});

describe('the same ways in', () => {
  it('are open with all letters, and without those that they do not need', async () => {
    for (const way of waysIn) expect([way.path, (await ask('all', way)).ok]).toEqual([way.path, true]);
  });

  it.each([
    ['GET', '/Observation/a1', 'user-without-s'],
    ['GET', '/Observation?code:text=x', 'user-without-r'],
    ['PUT', '/Observation/a1', 'user-without-c'],
    ['POST', '/Observation', 'user-without-u'],
  ])('%s %s is open to %s', async (method, path, token) => {
    const body = method === 'GET' ? undefined : { ...observation, id: 'a1' };
    expect((await here.send(method, path, token, body)).ok).toBe(true);
  });

  it('leave out what no scope lets be included, without a refusal', async () => {
    const response = await here.send('GET', '/Practitioner?_revinclude=Observation:performer', 'other');
    expect(response.status).toBe(200);
    expect((await response.json()).total).toBe(0);
  });
});
