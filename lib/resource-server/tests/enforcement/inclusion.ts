import type { Ledger, Version } from './ledger.ts';
import type { Chance } from './random.ts';
import { reaches, sightOf, type Token } from './token.ts';
import { references, type Type, types } from './vocabulary.ts';

export interface Inclusion {
  reverse: boolean;
  iterate: boolean;
  source: Type;
  parameter: string;
  target?: Type | undefined;
}

/** The references that a search for `type` may follow. */
function waysFrom(type: Type, reverse: boolean, iterate: boolean) {
  const ways = types.flatMap((source) =>
    Object.entries(references[source]).map(([parameter, targets]) => ({ source, parameter, targets })),
  );
  return ways.filter(({ source, targets }) => iterate || (reverse ? targets.includes(type) : source === type));
}

/** An inclusion that a search for `type` knows, more often than not with one of the types `named`. */
export function randomInclusion(chance: Chance, type: Type, named: Type[]): Inclusion | undefined {
  const reverse = chance.happens(0.5);
  const iterate = chance.happens(0.3);
  const fitting = waysFrom(type, reverse, iterate);
  if (fitting.length === 0) return undefined;
  const preferred = fitting.filter(({ source, targets }) => [source, ...targets].some((one) => named.includes(one)));
  const { source, parameter, targets } = chance.pick(
    chance.happens(0.6) ? [...preferred, ...preferred, ...fitting] : fitting,
  );
  const parameterOrAll = chance.happens(0.15) ? '*' : parameter;
  const possible = reverse && !iterate ? [type] : targets;
  const target = parameterOrAll !== '*' && chance.happens(0.3) ? chance.pick(possible) : undefined;
  return { reverse, iterate, source, parameter: parameterOrAll, target };
}

export function inclusionText({ reverse, iterate, source, parameter, target }: Inclusion): string {
  const name = `${reverse ? '_revinclude' : '_include'}${iterate ? ':iterate' : ''}`;
  return `${name}=${source}:${parameter}${target ? `:${target}` : ''}`;
}

/** The resources that the inclusions add to the matches of a search for `type`. */
export function included(
  ledger: Ledger,
  token: Token,
  type: Type,
  inclusions: Inclusion[],
  matches: Version[],
): Version[] {
  const found = new Set(matches);
  let [from, wanted] = [matches, inclusions];
  while (from.length > 0 && wanted.length > 0) {
    const next = wanted.flatMap((inclusion) => step(ledger, token, type, inclusion, from));
    from = [...new Set(next)].filter((version) => !found.has(version));
    for (const version of from) found.add(version);
    wanted = inclusions.filter(({ iterate }) => iterate);
  }
  return [...found].filter((version) => !matches.includes(version));
}

/** The local references that a resource has by a parameter, or by any. */
function referencesBy({ made }: Version, parameter: string, target: string | undefined): string[] {
  const all = parameter === '*' ? Object.values(made.references).flat() : (made.references[parameter] ?? []);
  return all.filter((name) => target === undefined || name.startsWith(`${target}/`));
}

function step(ledger: Ledger, token: Token, type: Type, inclusion: Inclusion, from: Version[]): Version[] {
  const { reverse, iterate, source, parameter } = inclusion;
  const target = reverse && !iterate ? type : inclusion.target;
  if (!reverse) {
    const pointers = from
      .filter(({ made }) => made.type === source)
      .flatMap((one) => referencesBy(one, parameter, target));
    return ledger.present().filter((one) => pointers.includes(one.name) && reaches(token, ledger, one, ['r', 's']));
  }
  const names = from.map(({ name }) => name);
  return sightOf(token, ledger)
    .filter(({ made }) => made.type === source)
    .filter((one) => referencesBy(one, parameter, target).some((name) => names.includes(name)));
}
