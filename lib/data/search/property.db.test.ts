import type { Observation, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSearch } from '#lib/fhir/search/request.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { database } from '../database/database.ts';
import { putResources } from '../resource/resources.ts';
import { searchResources } from './search.ts';

/**
 * Random scopes and searches on random data, answered twice: by the server's SQL, and here by a check of every
 * resource. That reference implementation knows only these few shapes of data, scopes and parameters, and is meant to
 * be obvious.
 */
const codes = ['8480-6', '1975-2', '8310-5'];
const categories = ['laboratory', 'vital-signs'];
const patients = ['P0', 'P1', 'P2', 'P3'];
const genders = ['female', 'male'] as const;
/** How many mg/dL one of each unit is. */
const units = { 'mg/dL': 1, 'g/L': 100, 'mg/mL': 100 };

/** A small generator with a fixed seed (mulberry32), so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const random = generator(20261122);
const below = (limit: number) => Math.floor(random() * limit);
const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;

interface Seen {
  id: string;
  patient: string;
  code: string;
  category: string;
  value: number;
  unit: keyof typeof units;
}
type Person = { id: string; gender: string };

const people: Person[] = patients.map((id) => ({ id, gender: pick(genders) }));
const observations: Seen[] = Array.from({ length: 40 }, (_, index) => ({
  id: `o${index}`,
  patient: pick(patients),
  code: pick(codes),
  category: pick(categories),
  value: below(10),
  unit: pick(Object.keys(units) as (keyof typeof units)[]),
}));

function asResource({ id, patient, code, category, value, unit }: Seen): Observation {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code }] },
    category: [{ coding: [{ code: category }] }],
    subject: { reference: `Patient/${patient}` },
    valueQuantity: { value, system: 'http://unitsofmeasure.org', code: unit },
  };
}

/** A scope as text, and as the function that says what it reaches. */
interface Scope {
  text: string;
  type: string;
  search: boolean;
  read: boolean;
  reaches: (one: { patient: string; category?: string; code?: string }) => boolean;
}

function randomScope(): Scope {
  const type = pick(['Patient', 'Observation', '*']);
  const level = pick(['patient', 'user', 'system']);
  const verbs = pick(['r', 's', 'rs', 'c']);
  const granular = type === 'Observation' && random() < 0.5 ? pick(['category', 'code'] as const) : undefined;
  const value = granular === 'category' ? pick(categories) : pick(codes);
  return {
    text: `${level}/${type}.${verbs}${granular ? `?${granular}=${value}` : ''}`,
    type,
    search: verbs.includes('s'),
    read: verbs.includes('r'),
    reaches: (one) => (level !== 'patient' || one.patient === 'P1') && (!granular || one[granular] === value),
  };
}

/** A search condition as text, and as a function that decides it for one resource. */
type Condition<T> = [text: string, holds: (one: T) => boolean];

function onObservation(searchablePeople: Person[]): Condition<Seen> {
  const [code, category, patient, value, gender] = [
    pick(codes),
    pick(categories),
    pick(patients),
    below(10),
    pick(genders),
  ];
  return pick<Condition<Seen>>([
    [`code=${code}`, (one) => one.code === code],
    [`code:not=${code}`, (one) => one.code !== code],
    [`category=${category}`, (one) => one.category === category],
    [`patient=${patient}`, (one) => one.patient === patient],
    [`value-quantity=gt${value}`, (one) => one.value > value],
    [`code-value-quantity=${code}$le${value}`, (one) => one.code === code && one.value <= value],
    [
      `patient.gender=${gender}`,
      (one) => searchablePeople.some((person) => person.id === one.patient && person.gender === gender),
    ],
  ]);
}

function onPatient(searchable: Seen[], searchablePeople: Person[]): Condition<Person> {
  const [text, holds] = onObservation(searchablePeople);
  const gender = pick(genders);
  return pick<Condition<Person>>([
    [`gender=${gender}`, (one) => one.gender === gender],
    [`_has:Observation:patient:${text}`, ({ id }) => searchable.some((seen) => seen.patient === id && holds(seen))],
    [`_has:Observation:subject:${text}`, ({ id }) => searchable.some((seen) => seen.patient === id && holds(seen))],
  ]);
}

let sandboxId: number;

beforeAll(async () => {
  sandboxId = (await database().sandbox.create({ data: { slug: 'property', name: 'Property' } })).id;
  const patientResources = people.map((person) => ({ resourceType: 'Patient', ...person }) as Resource);
  await putResources(sandboxId, [...patientResources, ...observations.map(asResource)]);
});

function within(scopes: Scope[], type: string, verbs: ('search' | 'read')[]) {
  const granted = scopes.filter((scope) => verbs.some((verb) => scope[verb]) && [type, '*'].includes(scope.type));
  return (one: Parameters<Scope['reaches']>[0]) => granted.some((scope) => scope.reaches(one));
}

function randomCase() {
  const scopes = Array.from({ length: 1 + below(3) }, randomScope);
  const seesPerson = within(scopes, 'Patient', ['search']);
  const searchablePeople = people.filter(({ id }) => seesPerson({ patient: id }));
  const searchable = observations.filter(within(scopes, 'Observation', ['search']));
  const type = pick(['Patient', 'Observation']);
  const conditions =
    type === 'Patient'
      ? Array.from({ length: below(3) }, () => onPatient(searchable, searchablePeople))
      : Array.from({ length: below(3) }, () => onObservation(searchablePeople));
  const matches = (type === 'Patient' ? searchablePeople : searchable).filter((one) =>
    conditions.every(([, holds]) => (holds as (one: unknown) => boolean)(one)),
  );
  const shown = within(scopes, 'Patient', ['search', 'read']);
  const included =
    type === 'Patient'
      ? searchable.filter(({ patient }) => matches.some(({ id }) => id === patient))
      : people.filter(
          ({ id }) => shown({ patient: id }) && matches.some((one) => 'patient' in one && one.patient === id),
        );
  const inclusion = type === 'Patient' ? '_revinclude=Observation:subject' : '_include=Observation:subject';
  return {
    scope: scopes.map(({ text }) => text).join(' '),
    type,
    queryString: [...conditions.map(([text]) => text), inclusion].join('&'),
    matches: matches.map(({ id }) => id).toSorted(),
    included: included.map(({ id }) => id).toSorted(),
  };
}

const cases = Array.from({ length: 250 }, randomCase);

/** The value that each sort parameter orders by. */
const orders: Record<string, Record<string, (one: never) => string | number>> = {
  Patient: { gender: ({ gender }: Person) => gender, _id: ({ id }: Person) => id },
  Observation: {
    'value-quantity': ({ value, unit }: Seen) => value * units[unit],
    subject: ({ patient }: Seen) => `Patient/${patient}`,
    code: ({ code }: Seen) => code,
  },
};

function compare(type: string, { name, descending }: OrderedBy, one: object, other: object): number {
  const [a = '', b = ''] = [one, other].map((side) => orders[type]?.[name]?.(side as never));
  if (a === b) return 0;
  return a < b === descending ? 1 : -1;
}

interface OrderedBy {
  name: string;
  descending: boolean;
}

/** Ids in the order of `keys`; equal ones in the order in which they were stored. */
function ordered(type: string, ids: string[], keys: OrderedBy[]): string[] {
  const all: { id: string }[] = type === 'Patient' ? people : observations;
  return all
    .filter(({ id }) => ids.includes(id))
    .toSorted((one, other) => keys.map((key) => compare(type, key, one, other)).find((sign) => sign !== 0) ?? 0)
    .map(({ id }) => id);
}

async function answer(type: string, queryString: string, scope: string) {
  const request = parseSearch(type, [...new URLSearchParams(queryString)]);
  expect(request.ignored).toEqual([]);
  return searchResources({ sandboxId, permission: { scopes: resourceScopes(scope), patient: 'P1' } }, request);
}

describe('the result of a search', () => {
  it('is the same as that of a slow and obvious check of every resource', async () => {
    for (const { scope, type, queryString, matches, included } of cases) {
      const asked = `${type}?${queryString} with ${scope}`;
      const found = await answer(type, queryString, scope);
      const ids = found.matches.map(({ id }) => id).toSorted();
      const also = found.included.map(({ id }) => id).toSorted();
      expect({ asked, ids, also, total: found.total }).toEqual({
        asked,
        ids: matches,
        also: included,
        total: matches.length,
      });
    }
  });

  it('adds up over pages to exactly the total', async () => {
    for (const { scope, type, queryString, matches } of cases.slice(0, 60)) {
      const seen: string[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const page = await answer(type, `${queryString}&_count=3${cursor && `&_cursor=${cursor}`}`, scope);
        expect(page.total).toBe(matches.length);
        seen.push(...page.matches.map(({ id }) => id));
        cursor = page.next;
      }
      expect(seen.toSorted()).toEqual(matches);
      expect((await answer(type, `${queryString}&_summary=count`, scope)).total).toBe(matches.length);
    }
  });

  it('comes in the order that was asked for, over all pages', async () => {
    for (const { scope, type, queryString, matches } of cases.filter((one) => one.matches.length > 3).slice(0, 60)) {
      const keys = Array.from({ length: 1 + below(3) }, () => ({
        name: pick(Object.keys(orders[type] ?? {})),
        descending: random() < 0.5,
      }));
      const sort = keys.map(({ name, descending }) => `${descending ? '-' : ''}${name}`).join(',');
      const seen: string[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const paging = `_sort=${sort}&_count=3${cursor && `&_cursor=${cursor}`}`;
        const page = await answer(type, `${queryString}&${paging}`, scope);
        seen.push(...page.matches.map(({ id }) => id));
        cursor = page.next;
      }
      expect({ sort, seen }).toEqual({ sort, seen: ordered(type, matches, keys) });
    }
  });

  it('was compared in cases with matches and in cases without', () => {
    const finding = cases.filter(({ matches }) => matches.length > 0).length;
    expect(finding).toBeGreaterThan(50);
    expect(finding).toBeLessThan(cases.length - 50);
    expect(cases.filter(({ included }) => included.length > 0).length).toBeGreaterThan(30);
  });
});
