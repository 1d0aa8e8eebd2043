import { randomConditional, randomPatch } from './changing.ts';
import type { Way } from './expected.ts';
import type { Ledger } from './ledger.ts';
import type { Elsewhere } from './made.ts';
import type { Chance } from './random.ts';
import { randomHistory, randomRead, randomVersionRead } from './reading.ts';
import { randomSearch } from './searching.ts';
import { randomEverything, randomWideSearch } from './searching-widely.ts';
import type { Token } from './token.ts';
import { types } from './vocabulary.ts';
import { randomCreate, randomDelete, randomUpdate } from './writing.ts';

interface Asked {
  elsewhere: Required<Elsewhere>;
  ledger: Ledger;
  /** Types that its scopes name are asked for more often than others. */
  token: Token;
}

/** One of the ways in which data can leave or enter. */
export function randomWay(chance: Chance, { elsewhere, ledger, token }: Asked): Way {
  const named = token.scopes.flatMap((scope) => (scope.type === '*' ? [] : scope.type));
  const type = chance.pick(named.length > 0 && chance.happens(0.5) ? named : types);
  const writing = { elsewhere, ledger, type };
  const search = () => randomSearch(chance, elsewhere.own, type, named);
  const update = () => randomUpdate(chance, writing);
  const ways = [
    () => randomRead(chance, type),
    () => randomVersionRead(chance, type),
    () => randomHistory(chance, type),
    search,
    search,
    search,
    search,
    search,
    search,
    () => randomWideSearch(chance, elsewhere.own),
    () => randomEverything(chance),
    () => randomCreate(chance, elsewhere, type),
    update,
    update,
    () => randomDelete(chance, writing),
    () => randomPatch(chance, writing),
    () => randomConditional(chance, writing),
  ];
  return chance.pick(ways)();
}
