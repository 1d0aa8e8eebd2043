import type { JWK } from 'jose';

/** A JWKS that was just fetched. */
export interface FetchedKeys {
  keys: JWK[];
  /** For how many seconds the publisher allows the set to be reused; 0 when it must not be. */
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

/** A fresh set is fetched again for a `kid` that it lacks, but not more often than this. */
const pauseMilliseconds = 30_000;
/** The limit for fetching a set whose publisher does not allow it to be cached. */
const maxFetchesInAMinute = 60;
const maxSets = 1000;

/**
 * Caches key sets by address for as long as their publishers allow, but not from before `since`, when the registration
 * of the app was last changed. Requests that arrive while a set is being fetched
 * share the fetch, and the limits above keep strangers from making us flood an app's server.
 * @returns a function that finds the keys with a `kid` in the set at an address; none when the set lacks it or was
 * fetched too often. It throws what `fetchKeys` throws.
 */
export function keySets(fetchKeys: (address: string) => Promise<FetchedKeys>, clock = Date.now) {
  const sets = new Map<string, Held>();

  return async (address: string, kid: string, since = 0): Promise<JWK[]> => {
    const held = sets.get(address) ?? remember(sets, address);
    const known = held.keys.filter((key) => key.kid === kid);
    if (mayReuse(held, since, clock()) && (known.length > 0 || clock() < held.fetchBeganAt + pauseMilliseconds))
      return known;
    held.pending ??= admits(held, clock()) ? refresh(held, fetchKeys(address), clock) : undefined;
    const { keys } = (await held.pending) ?? { keys: [] };
    return keys.filter((key) => key.kid === kid);
  };
}

/** Whether a held set is fresh, and was fetched after `since`. */
function mayReuse(held: Held, since: number, now: number): boolean {
  return now < held.freshUntil && held.fetchBeganAt >= since;
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

/** Replaces a held set by a newly fetched one; when fetching fails, a set that is still fresh stays. */
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
