import type { Expected } from './expected.ts';
import type { Version } from './ledger.ts';
import type { Chance } from './random.ts';
import { dates, references, strings, type Type, tokens } from './vocabulary.ts';

interface Key {
  name: string;
  descending: boolean;
}

/** A random `_sort`, and the order that it must come out in. */
export function randomSort(
  chance: Chance,
  type: Type,
): { text: string; order: Pick<Expected, 'order' | 'descending'> } {
  const names = [
    '_id',
    '_lastUpdated',
    ...(dates[type] ?? []),
    ...(strings[type] ?? []),
    ...Object.keys(tokens[type] ?? {}),
    ...Object.keys(references[type]),
    ...(type === 'Observation' ? ['value-quantity'] : []),
  ];
  const keys = chance.some(2, () => ({ name: chance.pick(names), descending: chance.happens(0.5) }), 1);
  const text = `_sort=${keys.map(({ name, descending }) => `${descending ? '-' : ''}${name}`).join(',')}`;
  const order = (version: Version) => keys.map((key) => keyOf(version, key));
  return { text, order: { order, descending: keys.map(({ descending }) => descending) } };
}

/** The first of several values; a value that sorts before all others when there is none. */
function keyOf(version: Version, { name, descending }: Key): string | number {
  const values = keysOf(version, name, descending).sort((one, other) => (one < other ? -1 : 1));
  const isNumber = name === 'value-quantity' || dates[version.made.type]?.includes(name);
  return values.at(descending ? -1 : 0) ?? (isNumber ? Number.NEGATIVE_INFINITY : '');
}

/** A span counts by the end that comes first. */
function keysOf({ made, at }: Version, name: string, descending: boolean): (string | number)[] {
  if (name === '_id') return [made.id];
  if (name === '_lastUpdated') return [at];
  const codes = (made.tokens[name] ?? []).map((token) => token.split('|')[1] ?? '');
  const texts = (made.strings[name] ?? []).map((text) => text.toLowerCase());
  const times = (made.dates[name] ?? []).map(([low, high]) => (descending ? high : low));
  const pointers = [...(made.references[name] ?? []), ...(made.foreign[name] ?? [])];
  return [...codes, ...texts, ...times, ...pointers, ...(made.numbers[name] ?? [])];
}

/** Tells whether `values` are in the order given by `descending`, position by position. */
export function inOrder(values: (string | number)[][], descending: boolean[]): boolean {
  return values.every((value, index) => index === 0 || compare(values[index - 1] ?? [], value, descending) <= 0);
}

function compare(one: (string | number)[], other: (string | number)[], descending: boolean[]): number {
  for (const [index, value] of one.entries()) {
    const against = other[index] ?? '';
    if (value === against) continue;
    return value < against === Boolean(descending[index]) ? 1 : -1;
  }
  return 0;
}
