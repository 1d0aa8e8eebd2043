import type { Way } from './expected.ts';
import type { Ledger } from './ledger.ts';
import type { Elsewhere } from './made.ts';
import type { Chance } from './random.ts';
import { randomHistory, randomRead, randomVersionRead } from './reading.ts';
import { randomSearch } from './searching.ts';
import { randomEverything, randomWideSearch } from './searching-widely.ts';
import { randomCreate, randomDelete, randomUpdate } from './writing.ts';

/** One of the ways in which data can leave or enter. */
export function randomWay(chance: Chance, elsewhere: Required<Elsewhere>, ledger: Ledger): Way {
  const search = () => randomSearch(chance, elsewhere.own);
  const ways = [
    ...[() => randomRead(chance), () => randomVersionRead(chance), () => randomHistory(chance)],
    ...[
      search,
      search,
      search,
      search,
      search,
      search,
      () => randomWideSearch(chance, elsewhere.own),
      () => randomEverything(chance),
    ],
    ...[() => randomCreate(chance, elsewhere), () => randomUpdate(chance, elsewhere, ledger)],
    ...[() => randomUpdate(chance, elsewhere, ledger), () => randomDelete(chance, ledger)],
  ];
  return chance.pick(ways)();
}
