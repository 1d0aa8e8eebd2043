import type { Bundle } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { answerTo, patient, serveThroughout, stored } from './bad-request.ts';

serveThroughout();

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
