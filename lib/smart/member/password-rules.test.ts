import { expect, it } from 'vitest';
import { passwordIssues } from './password-rules.ts';

const chen = { username: 'chen@demo', current: 'the present password' };

it.each([
  ['correct horse battery', []],
  ['twelve-chars', []],
  ['äöüßéàñçœæðþ', []],
  ['the present password', [/present/]],
  ['ｔｈｅ ｐｒｅｓｅｎｔ ｐａｓｓｗｏｒｄ', [/present/]],
  ['eleven-char', [/at least 12/]],
  ['', [/at least 12/, /different/]],
  ['aaaaaaaaaaaaaa', [/different/]],
  ['abcdabcdabcdabcd', [/different/]],
  ['my name is Chen ok', [/username/]],
  ['💊💊💊💊💊💊💊💊💊💊💊', [/at least 12/, /different/]],
  [`${'long '.repeat(200)}x`, [/at most 1000/]],
])('%.40s', (password, issues) => {
  const found = passwordIssues(password, chen);
  expect(found).toEqual(issues.map((issue) => expect.stringMatching(issue)));
});

it('finds no short name in other words', () => {
  expect(passwordIssues('another good password', { username: 'ann', current: '' })).toEqual([]);
});
