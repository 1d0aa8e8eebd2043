import { describe, expect, it } from 'vitest';
import { ExcessiveJson, exactText, parseExactly, RepeatedMember } from './exact-json.ts';

describe('numbers', () => {
  it.each(['1.10', '0.00000001', '1e-8', '1E+2', '-0', '-0.0', '12345678901234567890.123456789', '1e400', '72', '0.5'])(
    '%s stays as it is',
    (number) => {
      const text = `{"a":{"value":${number}},"b":[{"c":"x","value":${number}},2,${number}]}`;
      expect(exactText(parseExactly(text))).toBe(text);
      expect(exactText(parseExactly(number.replace(/.*/, `{"a\\u0062":${number}}`)))).toBe(`{"ab":${number}}`);
    },
  );

  it('are ordinary numbers for other code', () => {
    const value = parseExactly('{"a":1.10,"b":{"c":2.0}}');
    expect(JSON.parse(JSON.stringify(value))).toEqual({ a: 1.1, b: { c: 2 } });
    expect(Object.keys(value as object)).toEqual(['a', 'b']);
  });

  it('keep their text in a copy of the object, and lose it with their value', () => {
    const value = parseExactly('{"a":1.10,"b":2.0,"c":3.0}') as Record<string, unknown>;
    const { c: _, ...rest } = value;
    expect(exactText({ z: 1, ...rest, b: 5 })).toBe('{"z":1,"a":1.10,"b":5}');
  });

  it('can be written indented', () => {
    expect(exactText(parseExactly('{"a":1.10}'), 2)).toBe('{\n  "a": 1.10\n}');
  });
});

describe('a repeated member', () => {
  it.each<[string, string, (string | number)[]]>([
    ['{"a":1,"a":1}', 'a', ['a']],
    [' { "a" : [ {"b":1} , {"c":{"d":"}{,\\":","d":null}} ] } ', 'd', ['a', 1, 'c', 'd']],
    ['[[1,2],{"x":1,"\\u0078":2}]', 'x', [1, 'x']],
    ['{"a\\"":1,"a\\"":2}', 'a"', ['a"']],
    ['{"__proto__":1,"__proto__":2}', '__proto__', ['__proto__']],
    [`{${Array.from({ length: 40 }, (_, index) => `"n${index}":0`)},"n3":0}`, 'n3', ['n3']],
    [`{"a":{${Array.from({ length: 16 }, (_, index) => `"n${index}":0`)},"n15":0}}`, 'n15', ['a', 'n15']],
  ])('%s is found', (text, member, steps) => {
    expect(() => parseExactly(text)).toThrow(expect.objectContaining({ member, steps }));
  });

  it.each([
    '{"a":{"a":1},"b":{"a":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"\\\\","b":"a","c":["a","a"]}',
    '"a"',
    '1.10',
    'null',
    '[]',
    '{"":1}',
  ])('%s has none', (text) => {
    expect(parseExactly(text)).toEqual(JSON.parse(text));
  });

  it('is distinguished from a syntax error', () => {
    expect(() => parseExactly('{"a":1,}')).toThrow(expect.not.objectContaining({ member: expect.anything() }));
    expect(() => parseExactly('{"a":1,"a":2}')).toThrow(RepeatedMember);
  });
});

it('reads deep nesting and strings made of backslashes, and refuses extreme nesting', () => {
  const deep = (levels: number) => `${'[{"a":1.0,"b":'.repeat(levels)}1${'}]'.repeat(levels)}`;
  expect(() => parseExactly(deep(500))).not.toThrow();
  expect(() => parseExactly(deep(100_000))).toThrow(ExcessiveJson);
  const backslashes = '\\\\'.repeat(500_000);
  expect(parseExactly(`["${backslashes}\\"${backslashes}"]`)).toHaveLength(1);
});
