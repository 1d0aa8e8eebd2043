import type { JWK } from 'jose';

/** A JWKS as it was just fetched. */
export interface FetchedKeys {
  keys: JWK[];
  /** For how long its sender lets it be used again; 0: not at all. */
  freshSeconds: number;
}

interface Held {
  keys: JWK[];
  /** Epoch milliseconds, as all times here. */
  freshUntil: number;
  fetchBeganAt: number;
  minuteBegan: number;
  fetchesThisMinute: number;
  pending?: Promise<FetchedKeys> | undefined;
}

/** A fresh set is asked for again because of a `kid` that is not in it, but not more often than this. */
const pauseMilliseconds = 30_000;
/** So often a set is fetched that its sender does not let us keep. */
const maxFetchesInAMinute = 60;
const maxSets = 1000;

/**
 * Key sets by address, kept for as long as their senders allow and no longer. Requests that come while a set is being
 * fetched share it, and what strangers send cannot make us ask an app's server more often than the limits above.
 * @returns a function that answers the keys with a `kid` in the set at an address; none when it is not there, or was
 *   asked for too often. It throws what `fetchKeys` throws.
 */
export function keySets(fetchKeys: (address: string) => Promise<FetchedKeys>, clock = Date.now) {
  const sets = new Map<string, Held>();

  return async (address: string, kid: string): Promise<JWK[]> => {
    const held = sets.get(address) ?? remember(sets, address);
    const known = held.keys.filter((key) => key.kid === kid);
    if (clock() < held.freshUntil && (known.length > 0 || clock() < held.fetchBeganAt + pauseMilliseconds))
      return known;
    held.pending ??= admits(held, clock()) ? refresh(held, fetchKeys(address), clock) : undefined;
    const { keys } = (await held.pending) ?? { keys: [] };
    return keys.filter((key) => key.kid === kid);
  };
}

function remember(sets: Map<string, Held>, address: string): Held {
  const held = { keys: [], freshUntil: 0, fetchBeganAt: 0, minuteBegan: 0, fetchesThisMinute: 0 };
  const [oldest] = sets.keys();
  if (sets.size >= maxSets && oldest) sets.delete(oldest);
  sets.set(address, held);
  return held;
}

function admits(held: Held, now: number): boolean {
  if (now >= held.minuteBegan + 60_000) Object.assign(held, { minuteBegan: now, fetchesThisMinute: 0 });
  held.fetchesThisMinute += 1;
  return held.fetchesThisMinute <= maxFetchesInAMinute;
}

/** A set that cannot be fetched leaves a fresh one in its place. */
async function refresh(held: Held, fetching: Promise<FetchedKeys>, clock: () => number): Promise<FetchedKeys> {
  held.fetchBeganAt = clock();
  try {
    const fetched = await fetching;
    const fresh = fetched.freshSeconds > 0;
    held.keys = fresh ? fetched.keys : [];
    held.freshUntil = fresh ? held.fetchBeganAt + fetched.freshSeconds * 1000 : 0;
    return fetched;
  } finally {
    held.pending = undefined;
  }
}
