import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { FailureMemory } from './failure-memory.ts';
import { completed, isLocalhost, parseHosts, parseSearchList, watched } from './local-names.ts';

interface NameLookupOptions {
  /** Address and port of the name servers; those of the system by default. */
  servers?: string[];
  hostsFile?: string;
  resolvConf?: string;
  /** How long a lookup may take, in milliseconds. */
  patience?: number;
  /** How long a failure is remembered, in milliseconds. */
  memory?: number;
  clock?: () => number;
}

/** How long a name with addresses of one kind waits for those of the other, in milliseconds. */
const grace = 250;

/** A name without an address, or whose name servers did not say in time. */
class LookupError extends Error {
  readonly code: string;

  constructor(name: string, code: string) {
    super(`${name}: ${code}`);
    this.code = code;
  }
}

/**
 * Makes a function that looks up names as `dns.lookup` does, with a limit on its time. It occupies none of Node's four
 * threads, which a silent name server would hold one by one until nothing in the process could read a file or hash a
 * password. Knows the hosts file, `localhost` and the search list; a name that failed fails at once for a while.
 */
export function nameLookup(options: NameLookupOptions = {}): LookupFunction {
  const { patience = 2500, memory = 30_000, clock = Date.now } = options;
  const hosts = watched(options.hostsFile ?? '/etc/hosts', parseHosts);
  const searchList = watched(options.resolvConf ?? '/etc/resolv.conf', parseSearchList);
  const pending = new Map<string, Promise<LookupAddress[]>>();
  const failures = new FailureMemory(memory, clock);

  async function find(name: string): Promise<LookupAddress[]> {
    const known = (await hosts()).get(name) ?? (isLocalhost(name) ? ['127.0.0.1', '::1'] : undefined);
    if (known) return known.map((one) => withFamily(one));
    return resolveFirst(name, completed(name, await searchList()), { patience, servers: options.servers });
  }

  return (hostname, { family, all }, callback) => {
    const name = hostname.toLowerCase();
    const found = pending.get(name) ?? failures.attempt(name, () => find(name)).finally(() => pending.delete(name));
    pending.set(name, found);
    found.then(
      (addresses) => answer(addresses.filter((one) => one.family === (families.get(family) ?? one.family))),
      (error) => callback(error, []),
    );
    function answer(addresses: LookupAddress[]): void {
      const [first] = addresses;
      if (!first) callback(new LookupError(name, 'ENOTFOUND'), []);
      else if (all) callback(null, addresses);
      else callback(null, first.address, first.family);
    }
  };
}

const families = new Map<unknown, number>([
  [4, 4],
  [6, 6],
  ['IPv4', 4],
  ['IPv6', 6],
]);

function withFamily(address: string): LookupAddress {
  return { address, family: address.includes(':') ? 6 : 4 };
}

interface Patience {
  patience: number;
  servers: string[] | undefined;
}

/** The addresses of the first of `names` that has some. */
async function resolveFirst(name: string, names: string[], { patience, servers }: Patience): Promise<LookupAddress[]> {
  // A new one each time: it can be given up alone, and notices when the system has other name servers.
  const resolver = new Resolver({ timeout: Math.ceil(patience / 2), tries: 2 });
  if (servers) resolver.setServers(servers);
  const over = new AbortController();
  const late = setTimeout(patience, 'late' as const, { signal: over.signal, ref: false });
  late.catch(() => undefined);
  try {
    for (const complete of names) {
      const found = await Promise.race([addressesOf(resolver, complete), late]);
      if (found === 'late') throw new LookupError(name, 'ETIMEOUT');
      if (found.length > 0) return found;
    }
    throw new LookupError(name, 'ENOTFOUND');
  } finally {
    over.abort();
    resolver.cancel();
  }
}

/** All addresses of a complete name; none when it has none. @throws what the resolver throws when nobody answers */
async function addressesOf(resolver: Resolver, name: string): Promise<LookupAddress[]> {
  const found: LookupAddress[] = [];
  const asked = [resolver.resolve4(name), resolver.resolve6(name)].map(async (answer) => {
    const addresses = await answer.catch(nothingIfNone);
    found.push(...addresses.map((one) => withFamily(one)));
  });
  // The name servers of some names never answer for one of the two kinds.
  const enough = asked.map(async (one) => {
    await one;
    if (found.length === 0) throw new Error('none yet');
    await setTimeout(grace, undefined, { ref: false });
  });
  return Promise.any([Promise.all(asked), ...enough]).then(
    () => found,
    ({ errors: [failure] }: AggregateError) => {
      throw failure;
    },
  );
}

function nothingIfNone(error: unknown): string[] {
  if (['ENOTFOUND', 'ENODATA'].includes(String((error as { code?: unknown }).code))) return [];
  throw error;
}
