import { codeOf, type Paper, proseOf } from '#scripts/papers/papers.ts';

/** The environment variables that sources read: those of the schemas in lib/variables.ts, lib/limits.ts and the like, and `process.env.NAME`. */
export function settingsRead(sources: readonly string[]): Set<string> {
  const names = sources.flatMap((source) => [
    ...[...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): (?:z|whole|Origin|listOf|PostgresAddress)\b/gm)].map(
      ([, name = '']) => name,
    ),
    ...[...source.matchAll(/process\.env\.([A-Z][A-Z0-9_]+)(?!\s*=[^=])\b/g)].map(([, name = '']) => name),
  ]);
  return new Set(names);
}

/** The environment variables to which the tables of a paper give a row. */
export function settingsListed(paper: Paper): Set<string> {
  return new Set([...proseOf(paper).matchAll(/^\| `([A-Z][A-Z0-9_]+)` /gm)].map(([, name = '']) => name));
}

/** The environment variables that a paper names in its code: those that it sets, and names with an underscore. */
export function settingsNamed(paper: Paper): Set<string> {
  const names = codeOf(paper).flatMap((code) => [
    ...[...code.matchAll(/(?:^|\s)([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name),
    ...(/^[A-Z]+(?:_[A-Z0-9]+)+$/.test(code) ? [code] : []),
  ]);
  return new Set(names);
}
