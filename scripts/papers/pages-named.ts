import { type Paper, proseOf } from '#scripts/papers/papers.ts';

/** The titles behind **Administration → title** in a paper that the Administration page does not have. */
export function unknownPages(paper: Paper, page: string): string[] {
  const titles = new Set([...page.matchAll(/\btitle="([^"]+)"/g)].map(([, title = '']) => title));
  const named = [...proseOf(paper).matchAll(/\*\*Administration →\s([^*]+)\*\*/g)].map(([, title = '']) =>
    title.replaceAll(/\s+/g, ' '),
  );
  return named.filter((title) => !titles.has(title));
}
