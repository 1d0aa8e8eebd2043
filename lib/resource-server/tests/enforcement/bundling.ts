import type { Expected, Way } from './expected.ts';
import type { Ledger } from './ledger.ts';
import type { Chance } from './random.ts';
import type { Token } from './token.ts';

/** An entry of a batch or a transaction: a request, as an entry puts it. */
export interface BundledWay {
  way: Way;
  entry: Record<string, unknown>;
}

/** Tells whether a request can be an entry: no form, and nothing with several pages. */
function canBeBundled({ method, path, body }: Way): boolean {
  return typeof body !== 'string' && !(method === 'GET' && (path.includes('_count=') || path.startsWith('/_history')));
}

const headerMembers: Record<string, string> = { 'if-match': 'ifMatch', 'if-none-exist': 'ifNoneExist' };

/** Some of the requests that `make` makes, as entries. */
export function randomEntries(chance: Chance, make: () => Way): BundledWay[] {
  return chance
    .some(5, make, 1)
    .filter(canBeBundled)
    .map((way) => ({ way, entry: entryOf(way) }));
}

function entryOf({ method, path, body, headers = {} }: Way): Record<string, unknown> {
  const conditions = Object.entries(headers).flatMap(([name, value]) =>
    headerMembers[name] ? [[headerMembers[name], value]] : [],
  );
  const url = path.replace(/^\//, '');
  const resource = method === 'PATCH' ? patchResource(body) : body;
  return { resource, request: { method, url, ...Object.fromEntries(conditions) } };
}

/** @see https://hl7.org/fhir/R4/http.html#patch */
function patchResource(patch: unknown): object {
  const data = Buffer.from(JSON.stringify(patch)).toString('base64');
  return { resourceType: 'Binary', contentType: 'application/json-patch+json', data };
}

/** Tells whether a transaction is done: all of it can be, deletions first, then the other writes, then what is read. */
export function canTransact(ledger: Ledger, token: Token, entries: BundledWay[]): boolean {
  const after = ledger.copy();
  const [reads, writes] = [entries.filter(isRead), entries.filter((one) => !isRead(one))];
  const deletions = expectAll(writes.filter(isDeletion), after, token);
  applyAll(deletions, after);
  const others = expectSettled(
    writes.filter((one) => !isDeletion(one)),
    after,
    token,
  );
  applyAll(others, after);
  const names = [...deletions, ...others].flatMap(({ touches }) => touches ?? []);
  const all = [...deletions, ...others, ...expectAll(reads, after, token)];
  return all.every(({ status, alone }) => status < 400 && !alone) && new Set(names).size === names.length;
}

/** Expects writes of which each may refer to what the others leave behind. */
function expectSettled(entries: BundledWay[], ledger: Ledger, token: Token): Expected[] {
  const [settled, before] = [ledger.copy(), ledger.copy()];
  settled.trusting = true;
  applyAll(expectAll(entries, settled, token), settled);
  before.settled = settled;
  return expectAll(entries, before, token);
}

function isRead({ way }: BundledWay): boolean {
  return way.method === 'GET';
}

function isDeletion({ way }: BundledWay): boolean {
  return way.method === 'DELETE';
}

function expectAll(entries: BundledWay[], ledger: Ledger, token: Token): Expected[] {
  return entries.map(({ way }) => way.expect(ledger, token));
}

function applyAll(expected: Expected[], ledger: Ledger): void {
  for (const [index, { change }] of expected.entries()) change?.(ledger, `made-${index}`, Date.now());
}

/** The entries by their places, in groups that are done together, one group after another. */
export function groupsOf(type: string, entries: BundledWay[]): number[][] {
  if (type === 'batch') return [...entries.keys()].map((index) => [index]);
  const rank = (one: BundledWay) => (isRead(one) ? 2 : isDeletion(one) ? 0 : 1);
  return [0, 1, 2].map((wanted) =>
    [...entries.keys()].filter((index) => rank(entries[index] as BundledWay) === wanted),
  );
}
