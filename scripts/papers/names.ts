import { codeSpansOf, type Paper } from '#scripts/papers/papers.ts';

const name = /(?<![\w.$/-])(?:[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*)(?![\w/-])/g;

/** The words of program text, as which functions, types, members and columns can stand in it. */
export function wordsOf(sources: readonly string[]): Set<string> {
  return new Set(sources.flatMap((source) => source.match(/\w+/g) ?? []));
}

/** The names in a paper's code spans that are written like those of programs, such as `reachOf`, and stand nowhere in ours. */
export function unknownNames(paper: Paper, words: ReadonlySet<string>): string[] {
  const spans = codeSpansOf(paper).filter((span) => !/:\/\//.test(span));
  return [...new Set(spans.flatMap((span) => span.match(name) ?? []))].filter((word) => !words.has(word));
}
