/** A source of random numbers that repeats exactly for a given seed. */
export interface Random {
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  /** Uniform integer in [from, to]. */
  integer(from: number, to: number): number;
  /** Normally distributed, truncated at 2.5 standard deviations. */
  normal(mean: number, deviation: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** Spreads close seeds over 32 bits (the finalizer of MurmurHash3). */
function scatter(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Uniform numbers in [0, 1) by the mulberry32 generator. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Stream number `stream` of a seed; the streams of one seed are independent of each other. */
export function randomStream(seed: number, stream: number): Random {
  const next = uniform(scatter(scatter(seed) + Math.imul(stream + 1, 0x9e3779b1)));
  const between = (from: number, to: number) => from + (to - from) * next();
  return {
    between,
    integer: (from, to) => Math.floor(between(from, to + 1)),
    normal(mean, deviation) {
      const z = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return mean + deviation * Math.max(-2.5, Math.min(2.5, z));
    },
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) {
        throw new RangeError('Nothing to pick from');
      }
      return list[Math.floor(next() * list.length)] as T;
    },
  };
}
