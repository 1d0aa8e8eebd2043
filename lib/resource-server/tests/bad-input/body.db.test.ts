import { describe, expect, it } from 'vitest';
import { answerTo, patient, serveThroughout, stored } from './bad-request.ts';

serveThroughout();

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
      'ten thousand unknown elements',
      `{"resourceType":"Patient",${Array.from({ length: 10_000 }, (_, index) => `"x${index}":1`)}}`,
      422,
    ],
    [
      'a list without end',
      patient({ identifier: Array.from({ length: 10_001 }, () => ({ value: 'x' })) }),
      422,
      /10000/,
    ],
    [
      'more values than a resource may have',
      patient({ name: Array.from({ length: 9000 }, () => ({ given: ['a', 'b', 'c', 'd'] })) }),
      422,
      /50000/,
    ],
    [
      'more values of search parameters than a resource may have',
      patient({
        name: Array.from({ length: 4 }, (_, at) => ({ given: Array.from({ length: 2000 }, (_, i) => `n${at}-${i}`) })),
      }),
      422,
      /found by more than 20000 values/,
    ],
    ['nesting without end', '['.repeat(5_000_000), 422, /deeper/],
    ['more values than are parsed', `[${'1,'.repeat(3_000_000)}1]`, 422, /values/],
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
