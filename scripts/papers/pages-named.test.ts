import { expect, it } from 'vitest';
import { unknownPages } from '#scripts/papers/pages-named.ts';

const unknown = (text: string) => unknownPages({ file: 'a.md', text }, '<Entry href="/x" title="Audit log" />');

it.each(['**Administration → Audit log**', '**Administration →\nAudit\nlog**', '**Administration**, **Other**'])(
  '%j is there',
  (text) => expect(unknown(text)).toEqual([]),
);

it('a page that is not there is found', () => {
  expect(unknown('See **Administration → Audit log** and **Administration → Auditing**.')).toEqual(['Auditing']);
});
