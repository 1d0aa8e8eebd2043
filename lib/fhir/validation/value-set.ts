import { readPrebuilt } from '../definition/prebuilt.ts';

/** The codes of a value set, by system. */
export type Expansion = ReadonlyMap<string, ReadonlySet<string>>;

let expansions: ReadonlyMap<string, Expansion> | undefined;

/**
 * The codes of a value set that R4 or a known profile requires somewhere, by its canonical URL, with or without
 * `|version`; undefined where they cannot be listed (those of external code systems such as UCUM, or chosen by filter)
 * and for any other.
 */
export function expansionOf(canonical: string): Expansion | undefined {
  expansions ??= readPrebuilt<ReadonlyMap<string, Expansion>>('expansions');
  return expansions.get(canonical.split('|')[0] ?? canonical);
}
