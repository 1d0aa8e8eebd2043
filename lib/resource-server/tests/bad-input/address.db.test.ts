import { describe, expect, it } from 'vitest';
import { answerTo, patient, serveThroughout, stored } from './bad-request.ts';

serveThroughout();

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
    '%s is refused everywhere, and the answer lists the supported methods',
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
