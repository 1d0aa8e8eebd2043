import { expect, it } from 'vitest';
import { z } from 'zod';
import { BodyTooLong } from './body-too-long.ts';
import { formBody, jsonBody, queryFields } from './request-body.ts';

const address = 'https://ehr.example.org/ours';
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request(address, { method: 'POST', body, headers });
}

it.each<[string, BodyInit, string | undefined]>([
  ['text in UTF-8', '"é"', 'é'],
  ['text in Latin 1', new Uint8Array([0x22, 0xe9, 0x22]), undefined],
  ['half a character', new Uint8Array([0x22, 0xc3, 0x22]), undefined],
  ['as much as is allowed', '"123456"', '123456'],
  ['no JSON', 'text', undefined],
  ['NUL', '"\\u0000"', undefined],
  ['a half', '"\\ud83d"', undefined],
  ['a whole', '"😀"', '😀'],
  ['a backslash', '"\\\\u"', '\\u'],
])('JSON: %s', async (_, body, expected) => {
  expect(await jsonBody(z.string(), 8)(post(body))).toBe(expected);
});

it.each([
  ['?page=2', { page: 2 }],
  ['?page=x', undefined],
  ['', undefined],
])('the query %j', async (query, expected) => {
  const read = queryFields(z.object({ page: z.coerce.number() }));
  expect(await read(new Request(`${address}${query}`))).toEqual(expected);
});

it.each<[string, BodyInit, Record<string, string>, [string, string][]]>([
  [
    'urlencoded',
    'a=1&b=%C3%A9',
    urlencoded,
    [
      ['a', '1'],
      ['b', 'é'],
    ],
  ],
  ['of another type', '{"a":1}', { 'content-type': 'application/json' }, []],
  ['without a type', new Uint8Array([97]), {}, []],
])('a form %s', async (_, body, headers, expected) => {
  expect([...(await formBody(post(body, headers)))]).toEqual(expected);
});

it('refuses what is longer than allowed', async () => {
  await expect(jsonBody(z.string(), 8)(post('"1234567"'))).rejects.toThrow(BodyTooLong);
  await expect(formBody(post(`a=${'x'.repeat(1024 * 1024)}`, urlencoded))).rejects.toThrow(BodyTooLong);
});

it('reads a form in parts', async () => {
  const form = new FormData();
  form.set('a', 'one\r\ntwo');
  expect([...(await formBody(new Request(address, { method: 'POST', body: form })))]).toEqual([['a', 'one\r\ntwo']]);
});
