import { type Condition, holds, textOf } from './condition.ts';
import { type Expected, refused, type Way } from './expected.ts';
import type { Ledger, Version } from './ledger.ts';
import type { Made } from './made.ts';
import { makeResource } from './make.ts';
import type { Chance } from './random.ts';
import { randomCondition } from './random-condition.ts';
import { randomName } from './reading.ts';
import { mayAsk, reaches, sightOf, type Token } from './token.ts';
import { mayTouch } from './trespass.ts';
import { randomTweak, type Tweak } from './tweak.ts';
import { created, type IfMatch, isThere, randomIfMatch, under, updated, type Writing, wouldReach } from './writing.ts';

const patchType = { 'content-type': 'application/json-patch+json' };

export function randomPatch(chance: Chance, { ledger, type }: Writing): Way {
  const name = randomName(chance, type);
  const tweak = randomTweak(chance, type);
  const ifMatch = randomIfMatch(chance, ledger.current(name));
  const headers = { ...ifMatch.headers, ...patchType };
  const expect = (now: Ledger, token: Token) =>
    mayAsk(token, type, 'u') ? patched(now, token, now.current(name), tweak, ifMatch) : refused(403);
  return { method: 'PATCH', path: `/${name}`, body: tweak.patch, headers, expect };
}

/**
 * The expected result of a patch: the old and the new content must be within reach, and only a reader sees the content.
 * Others learn neither why a patch is not made nor, by its version, that it changes nothing.
 */
function patched(ledger: Ledger, token: Token, before: Version | undefined, tweak: Tweak, { fits }: IfMatch): Expected {
  if (!before || !mayTouch(token, ledger, before, 'u')) return refused(404);
  if (before.deleted) return refused(410);
  if (!fits(before)) return refused(412);
  const made = tweak.applied(before.made);
  const alone = !reaches(token, ledger, before, ['r']);
  if (!wouldReach(token, ledger, made, 'u')) return refused(alone ? 422 : 403);
  const after = ledger.copy();
  const hidden = alone || !reaches(token, after, after.put(made), ['r']);
  return { status: 200, hidden, alone, touches: before.name, change: (stored, _, at) => stored.put(made, at, alone) };
}

/** The resources that match the criteria, of those that `token` may search for. */
function meeting(ledger: Ledger, token: Token, type: string, criteria: Condition[]): Version[] {
  const sight = sightOf(token, ledger);
  const ofType = sight.filter(({ made }) => made.type === type);
  return ofType.filter((version) => criteria.every((one) => holds(version, one, sight)));
}

/** A write whose target is named by criteria, which takes the right to search as well. */
export function randomConditional(chance: Chance, writing: Writing): Way {
  const { type, elsewhere } = writing;
  const criteria = chance.some(2, () => randomCondition(chance, type, 1), 1);
  const text = criteria.map((one) => textOf(one, elsewhere.own ?? '')).join('&');
  const [kind, letter] = chance.pick([
    ['create', 'c'],
    ['update', 'u'],
    ['patch', 'u'],
    ['delete', 'd'],
  ] as const);
  const { expect, ...way } = conditional[kind](chance, writing, text);
  return {
    ...way,
    expect: (ledger, token) => {
      if (!mayAsk(token, type, letter) || !mayAsk(token, type, 's')) return refused(403);
      const met = meeting(ledger, token, type, criteria);
      return met.length > 1 ? refused(412) : expect(ledger, token, met[0]);
    },
  };
}

interface ConditionalWay extends Omit<Way, 'expect'> {
  /** `met` is the resource that matches the criteria, if any. */
  expect: (ledger: Ledger, token: Token, met: Version | undefined) => Expected;
}

type Make = (chance: Chance, writing: Writing, criteria: string) => ConditionalWay;

const noIfMatch: IfMatch = { headers: {}, fits: () => true };

const conditionalCreate: Make = (chance, { elsewhere, type }, criteria) => {
  const made = makeResource(chance, elsewhere, type, 'new');
  const { id: _, ...body } = made.resource;
  return {
    method: 'POST',
    path: `/${type}`,
    body,
    headers: { 'if-none-exist': criteria },
    expect: (ledger, token, met) => (met ? { status: 200, version: met } : created(ledger, token, made)),
  };
};

const conditionalUpdate: Make = (chance, { elsewhere, type }, criteria) => {
  const name = chance.happens(0.6) ? randomName(chance, type) : undefined;
  const made = makeResource(chance, elsewhere, type, name?.split('/')[1] ?? 'new');
  const { id: _, ...anonymous } = made.resource;
  return {
    method: 'PUT',
    path: `/${type}?${criteria}`,
    body: name ? made.resource : anonymous,
    expect: (ledger, token, met) => {
      if (!met) return putWithoutMatch(ledger, token, made, name);
      const isOther = name !== undefined && name !== met.name;
      return isOther ? refused(400) : updated(ledger, token, under(met.made.id, made), noIfMatch);
    },
  };
};

/** Nothing meets the criteria, so nothing may be there under the id, which is the server's to choose if none was sent. */
function putWithoutMatch(ledger: Ledger, token: Token, made: Made, name: string | undefined): Expected {
  const expected = updated(ledger, token, made, noIfMatch);
  if (name === undefined) {
    return { ...expected, ...(expected.change ? { change: (after, id, at) => after.put(under(id, made), at) } : {}) };
  }
  const [there] = [ledger.current(name)].filter((one) => one && mayTouch(token, ledger, one, 'u'));
  return isThere(there) ? refused(409) : expected;
}

const conditionalPatch: Make = (chance, { type }, criteria) => {
  const tweak = randomTweak(chance, type);
  return {
    method: 'PATCH',
    path: `/${type}?${criteria}`,
    body: tweak.patch,
    headers: patchType,
    expect: (ledger, token, met) => (met ? patched(ledger, token, met, tweak, noIfMatch) : refused(404)),
  };
};

const conditionalDelete: Make = (_, { type }, criteria) => ({
  method: 'DELETE',
  path: `/${type}?${criteria}`,
  expect: (ledger, token, met) => {
    if (!met) return { status: 204 };
    if (!mayTouch(token, ledger, met, 'd')) return refused(404);
    return { status: 204, touches: met.name, change: (after, __, at) => after.delete(met.name, at) };
  },
});

const conditional = {
  create: conditionalCreate,
  update: conditionalUpdate,
  patch: conditionalPatch,
  delete: conditionalDelete,
};
