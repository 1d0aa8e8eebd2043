import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const sources = globSync('{app,components}/**/*.tsx').map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const using = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

it('no link requests a page before somebody follows it', () => {
  expect(sources.length).toBeGreaterThan(150);
  expect(using(/^import (?!\{ useLinkStatus \}).*from 'next\/link'/m)).toEqual(['components/ui/link.tsx']);
  expect(using(/\.prefetch\(|prefetch=(?!\{false\})|\sprefetch\s*\/?>/)).toEqual([]);
});

it('neither does a form that leads to a page', () => {
  const forms = sources.filter(({ text }) => text.includes("from 'next/form'"));
  expect(forms.length).toBeGreaterThan(0);
  for (const { file, text } of forms)
    expect([file, /<Form\s[^>]*prefetch=\{false\}/s.test(text)]).toEqual([file, true]);
});
