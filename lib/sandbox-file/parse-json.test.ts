import { expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

const reasonOf = (text: string) => {
  const parsed = parseJson(text, 'x.json');
  return 'problem' in parsed ? parsed.problem.reason : undefined;
};

it.each([
  ['root:$6$salt$hash:19000:0:99999:7:::\ndaemon:*:19000:', 'Unexpected character (line 1, column 1)'],
  ['{"a": 1,\n  "b": secret}', 'Unexpected character (line 2, column 8)'],
  ['{"a": tru}', 'Unexpected character (line 1, column 10)'],
  ['{"a": 1,}', 'Expected double-quoted property name (line 1, column 9)'],
  ['[1 2]', "Expected ',' or ']' after array element (line 1, column 4)"],
  ['"a\nb"', 'Bad control character in string literal (line 1, column 3)'],
  ['{"a": "x', 'Unterminated string (line 1, column 9)'],
  ['true secret', 'Unexpected non-whitespace character after JSON (line 1, column 6)'],
  ['', 'Unexpected end of JSON input (line 1, column 1)'],
  [`[${'1,'.repeat(200_000)}secret]`, 'Unexpected character'],
])('says what is wrong with %j and where, and quotes nothing of it', (text, reason) => {
  expect(reasonOf(text)).toBe(`is not JSON: ${reason}`);
});

it('reads JSON, with a byte order mark too', () => {
  expect(parseJson('\uFEFF{"a": [1]}', 'x.json')).toEqual({ value: { a: [1] } });
});
