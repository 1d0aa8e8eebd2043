import { type Expected, refused, type Way } from './expected.ts';
import type { Ledger, Version } from './ledger.ts';
import type { Chance } from './random.ts';
import { mayAsk, reaches, type Token } from './token.ts';
import { ids, type Type, types } from './vocabulary.ts';

/** A read of a resource that may or may not exist. */
export function randomName(chance: Chance, type: Type): string {
  return `${type}/${chance.happens(0.08) ? 'nowhere' : chance.pick(ids[type])}`;
}

export function randomRead(chance: Chance, type: Type): Way {
  const name = randomName(chance, type);
  const expect = (ledger: Ledger, token: Token) => oneOf(token, ledger, type, ledger.current(name));
  return { method: 'GET', path: `/${name}`, expect };
}

export function randomVersionRead(chance: Chance, type: Type): Way {
  const name = randomName(chance, type);
  const number = 1 + chance.below(3);
  const path = `/${name}/_history/${number}`;
  const expect = (ledger: Ledger, token: Token) =>
    oneOf(
      token,
      ledger,
      type,
      ledger.history(name).find((one) => one.number === number),
    );
  return { method: 'GET', path, expect };
}

/** One version, when it may be read. */
export function oneOf(token: Token, ledger: Ledger, type: Type, version: Version | undefined): Expected {
  if (!mayAsk(token, type, 'r')) return refused(403);
  if (!version || !reaches(token, ledger, version, ['r'])) return refused(404);
  return version.deleted ? refused(410) : { status: 200, version };
}

interface History {
  /** A type, the name of a resource, or empty for everything. */
  of: string;
  since: number | undefined;
  count: number;
}

/** The history of a resource, of a type or of everything. */
export function randomHistory(chance: Chance, type: Type): Way {
  const of = chance.pick([randomName(chance, type), type, '']);
  const since = chance.pick([undefined, undefined, 2021, 2022, 2024]);
  const count = chance.pick([undefined, 3, 20]);
  const query = [since && `_since=${since}-01-01T00:00:00Z`, count && `_count=${count}`].filter(Boolean).join('&');
  const path = `${of && `/${of}`}/_history${query && `?${query}`}`;
  const expect = (ledger: Ledger, token: Token): Expected => {
    const may = of === '' ? anyType(token, 'r') : mayAsk(token, type, 'r');
    return may ? historyFor(token, ledger, { of, since, count: count ?? 100 }) : refused(403);
  };
  return { method: 'GET', path, expect };
}

function historyFor(token: Token, ledger: Ledger, { of, since, count }: History): Expected {
  const matches = ledger
    .everyVersion()
    .filter(({ name, made }) => ['', name, made.type].includes(of))
    .filter(({ at }) => since === undefined || at >= Date.UTC(since, 0))
    .filter((version) => reaches(token, ledger, version, ['r']));
  if (of.includes('/') && since === undefined && matches.length === 0) return refused(404);
  const isWhole = since === undefined && matches.length <= count;
  return { status: 200, matches, total: isWhole ? matches.length : null };
}

/** Tells whether any type may be read, including types without resources in this hospital. */
export function anyType(token: Token, letter: 'r' | 's'): boolean {
  return ['Basic', ...types].some((type) => mayAsk(token, type, letter));
}
