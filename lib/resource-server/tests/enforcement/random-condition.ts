import type { Condition } from './condition.ts';
import { randomDay } from './made.ts';
import type { Chance } from './random.ts';
import { dates, ids, names, references, strings, type Type, tags, tokens, types } from './vocabulary.ts';

/** A random condition on resources of `type`; `depth` is how many references a chain may still follow. */
export function randomCondition(chance: Chance, type: Type, depth: number): Condition {
  const chains = depth > 0 && chance.happens(0.45) ? chained(chance, type, depth) : [];
  return chance.pick(chains.length > 0 ? chains : plainMakers(chance, type))();
}

type Make = () => Condition;

function plainMakers(chance: Chance, type: Type): Make[] {
  return [
    () => ({ kind: 'id', values: chance.some(3, () => chance.pick(ids[type]), 1) }),
    () => ({ kind: 'updated', prefix: chance.pick(['ge', 'lt']), year: 2021 + chance.below(5) }),
    ...Object.entries({ ...tokens[type], _tag: tags }).flatMap(([name, values]) => ofToken(chance, name, values)),
    ...(strings[type] ?? []).map((name) => () => ofString(chance, name)),
    ...(dates[type] ?? []).flatMap((name) => ofDate(chance, name)),
    ...(type === 'Observation' ? [() => ofNumber(chance)] : []),
    ...Object.entries(references[type]).map(
      ([name, targets]) =>
        () =>
          ofReference(chance, name, targets),
    ),
  ];
}

function ofToken(chance: Chance, name: string, values: string[]): Make[] {
  const one = () => {
    const value = chance.pick(values);
    return chance.pick([value, value.split('|')[1] ?? '', value.startsWith('|') ? value : `${value.split('|')[0]}|`]);
  };
  return [
    () => ({ kind: 'token', name, not: chance.happens(0.25), values: chance.some(2, one, 1) }),
    () => ({ kind: 'missing', name, missing: chance.happens(0.5) }),
  ];
}

function ofString(chance: Chance, name: string): Condition {
  const modifier = chance.pick(['', '', ':exact', ':contains'] as const);
  const value = chance.pick([...names, 'adam', 'SON', 'B']);
  return { kind: 'string', name, modifier, value };
}

const prefixes = ['', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb'] as const;

function ofDate(chance: Chance, name: string): Make[] {
  return [
    () => {
      const [text, span] = randomDay(chance);
      return { kind: 'date', name, prefix: chance.pick(prefixes), text, span };
    },
    () => ({ kind: 'missing', name, missing: chance.happens(0.5) }),
  ];
}

function ofNumber(chance: Chance): Condition {
  return { kind: 'number', name: 'value-quantity', prefix: chance.pick(prefixes), value: chance.below(10) };
}

function ofReference(chance: Chance, name: string, targets: Type[]): Condition {
  const type = chance.pick(targets);
  const form = chance.pick(['typed', 'typed', 'plain', 'modifier', 'absolute'] as const);
  return { kind: 'reference', name, form, target: `${type}/${chance.pick(ids[type])}` };
}

function chained(chance: Chance, type: Type, depth: number): Make[] {
  const forward = Object.entries(references[type]).map(([name, targets]) => () => {
    const target = chance.pick(targets);
    return { kind: 'chain' as const, name, target, inner: randomCondition(chance, target, depth - 1) };
  });
  const backward = types.flatMap((source) =>
    Object.entries(references[source])
      .filter(([, targets]) => targets.includes(type))
      .map(([name]) => () => ({
        kind: 'has' as const,
        source,
        name,
        inner: randomCondition(chance, source, depth - 1),
      })),
  );
  return [...forward, ...backward];
}
