import { expect, it } from 'vitest';
import { anchorsOf, brokenLinks } from '#scripts/papers/links.ts';

const other = { file: 'docs/guide/other.md', text: '# Other\n\n## Where do I add …?\n\n## Twice\n\n## Twice\n' };
const known = new Set(['docs', 'docs/a.md', 'docs/guide', other.file, 'app/[sandbox]/(workspace)/page.tsx']);

function broken(text: string): string[] {
  const paper = { file: 'docs/a.md', text };
  return brokenLinks(paper, [paper, other], known);
}

it.each([
  ['a file', '[x](guide/other.md)'],
  ['a folder', '[x](guide/)'],
  ['a heading', '[x](guide/other.md#where-do-i-add-)'],
  ['the second heading of a name', '[x](guide/other.md#twice-1)'],
  ['a heading of its own', '# Here it is\n[x](#here-it-is)'],
  ['brackets in a path', '[x](../app/[sandbox]/(workspace)/page.tsx)'],
  ['another site', '[x](https://a.example/none)'],
  ['a link inside code', '```\n[x](none.md)\n```'],
])('to %s leads somewhere', (_, text) => expect(broken(text)).toEqual([]));

it.each([
  ['a file that is gone', '[x](none.md)', 'none.md'],
  ['a picture that is gone', '![x](images/none.png)', 'images/none.png'],
  ['a file from the wrong place', '[x](docs/guide/other.md)', 'docs/guide/other.md'],
  ['a heading that is gone', '[x](guide/other.md#none)', 'guide/other.md#none'],
  ['a heading of its own that is gone', '[x](#none)', '#none'],
  [
    'a heading of what is no paper',
    '[x](../app/[sandbox]/(workspace)/page.tsx#x)',
    '../app/[sandbox]/(workspace)/page.tsx#x',
  ],
])('to %s leads nowhere', (_, text, link) => expect(broken(text)).toEqual([link]));

it('gives headings the anchors of GitHub', () => {
  expect(anchorsOf({ file: 'a.md', text: '# `_sort`, and: *more* of 2\n' })).toEqual(['_sort-and-more-of-2']);
});
