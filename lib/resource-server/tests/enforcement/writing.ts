import { type Expected, refused, type Way } from './expected.ts';
import type { Ledger, Version } from './ledger.ts';
import type { Elsewhere, Made } from './made.ts';
import { makeResource } from './make.ts';
import type { Chance } from './random.ts';
import { randomName } from './reading.ts';
import { choosesIds, mayAsk, reaches, type Token } from './token.ts';
import { mayTouch, trespasses } from './trespass.ts';
import type { Type } from './vocabulary.ts';

export function isThere(version: Version | undefined): boolean {
  return version !== undefined && !version.deleted;
}

/** A resource to write, and where. */
export interface Writing {
  elsewhere: Elsewhere;
  ledger: Ledger;
  type: Type;
}

/** Tells whether `token` would reach `made` by `letter` if it were stored, and take nothing from other patients. */
export function wouldReach(token: Token, ledger: Ledger, made: Made, letter: 'c' | 'u'): boolean {
  const after = ledger.copy();
  const before = ledger.current(`${made.type}/${made.id}`);
  const version = after.put(made);
  if (!reaches(token, after, version, [letter])) return false;
  return !trespasses(token, letter, { version: before, ledger }, { version, ledger: after });
}

export function randomCreate(chance: Chance, elsewhere: Elsewhere, type: Type): Way {
  const made = makeResource(chance, elsewhere, type, 'new');
  const { id: _, ...body } = made.resource;
  const expect = (ledger: Ledger, token: Token) => created(ledger, token, made);
  return { method: 'POST', path: `/${type}`, body, expect };
}

/** The expected result of a create of `made`; the server chooses the id. */
export function created(ledger: Ledger, token: Token, made: Made): Expected {
  if (!mayAsk(token, made.type, 'c') || !wouldReach(token, ledger, made, 'c')) return refused(403);
  return { status: 201, change: (after, id, at) => after.put(under(id, made), at) };
}

/** A copy of the resource under another id. */
export function under(id: string, made: Made): Made {
  return { ...made, id, resource: { ...made.resource, id } };
}

export function randomUpdate(chance: Chance, { elsewhere, ledger, type }: Writing): Way {
  const name = randomName(chance, type);
  const stored = ledger.current(name);
  const unchanged = chance.happens(0.15) && isThere(stored);
  const made = unchanged && stored ? stored.made : makeResource(chance, elsewhere, type, name.split('/')[1] ?? '');
  const ifMatch = randomIfMatch(chance, stored);
  const expect = (now: Ledger, token: Token) => updated(now, token, made, ifMatch);
  return { method: 'PUT', path: `/${name}`, body: made.resource, headers: ifMatch.headers, expect };
}

/** The expected result of an update with `made`: both the old and the new content must be within reach. */
export function updated(ledger: Ledger, token: Token, made: Made, { fits }: IfMatch): Expected {
  if (!mayAsk(token, made.type, 'u')) return refused(403);
  const before = ledger.current(`${made.type}/${made.id}`);
  const [reached] = [before].filter((one) => one && mayTouch(token, ledger, one, 'u'));
  if (!fits(reached)) return refused(412);
  if (before !== reached || isUnnamed(token, made, before)) return refused(404);
  if (!wouldReach(token, ledger, made, 'u')) return refused(before ? 403 : 404);
  const name = `${made.type}/${made.id}`;
  return { status: isThere(before) ? 200 : 201, touches: name, change: (after, _, at) => after.put(made, at) };
}

/** Tells whether there never was a resource of this id, which `token` may not choose. */
function isUnnamed(token: Token, { type }: Made, before: Version | undefined): boolean {
  return before === undefined && !choosesIds(token, type);
}

export function randomDelete(chance: Chance, { ledger, type }: Writing): Way {
  const name = randomName(chance, type);
  const { headers, fits } = randomIfMatch(chance, ledger.current(name));
  const expect = (now: Ledger, token: Token): Expected => {
    if (!mayAsk(token, type, 'd')) return refused(403);
    const before = now.current(name);
    if (!before || !mayTouch(token, now, before, 'd')) return refused(404);
    if (!fits(before)) return refused(412);
    return { status: 204, touches: name, change: (after, _, at) => after.delete(name, at) };
  };
  return { method: 'DELETE', path: `/${name}`, headers, expect };
}

export interface IfMatch {
  headers: Record<string, string>;
  /** Tells whether the version that the writer may see is the expected one. */
  fits: (before: Version | undefined) => boolean;
}

/** Sometimes a condition on the version that is there; what does not exist fits none. */
export function randomIfMatch(chance: Chance, stored: Version | undefined): IfMatch {
  if (chance.happens(0.7)) return { headers: {}, fits: () => true };
  const wanted = chance.pick([stored?.number ?? 1, 1]);
  const fits = (before: Version | undefined) => isThere(before) && before?.number === wanted;
  return { headers: { 'if-match': `W/"${wanted}"` }, fits };
}
