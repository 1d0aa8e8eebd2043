import { expect, it } from 'vitest';
import { indexIssues } from '#scripts/papers/decisions.ts';

const files = [
  { name: '0001-node.md', title: '# 1. Node' },
  { name: '0002-data.md', title: '# 2. Data' },
];
const [first, second] = ['1. [Node](0001-node.md): it comes along.', '2. [Data](0002-data.md): it is kept.'];
const issues = (...lines: string[]) => indexIssues(`# Decisions\n\n${lines.join('\n')}\n`, files);

it('has nothing to say about a whole index', () => expect(issues(first, second)).toEqual([]));

it.each([
  ['a decision that is left out', [first], /^0002-data\.md .* no line/],
  ['another title', [first, '2. [Facts](0002-data.md): it is kept.'], /^0002-data\.md .* Facts/],
  ['another number', [first, '3. [Data](0002-data.md): it is kept.'], /^0002-data\.md/],
  ['no sentence', [first, '2. [Data](0002-data.md)'], /^0002-data\.md .* no line/],
  [
    'a decision that is not there',
    [first, second, '3. [None](0003-none.md): it was.'],
    /^0003-none\.md is no decision/,
  ],
])('finds %s', (_, lines, issue) => expect(issues(...lines)).toEqual([expect.stringMatching(issue)]));
