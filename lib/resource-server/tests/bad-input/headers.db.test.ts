import { describe, expect, it } from 'vitest';
import { answerTo, patient, serveThroughout, stored } from './bad-request.ts';

serveThroughout();

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
