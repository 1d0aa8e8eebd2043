import { type Condition, holds, textOf } from './condition.ts';
import { type Expected, refused, type Way } from './expected.ts';
import { type Inclusion, included, inclusionText, randomInclusion } from './inclusion.ts';
import type { Ledger, Version } from './ledger.ts';
import type { Chance } from './random.ts';
import { randomCondition } from './random-condition.ts';
import { randomSort } from './sorting.ts';
import { mayAsk, sightOf, type Token } from './token.ts';
import { ids, type Type } from './vocabulary.ts';

/** A search for one type, perhaps confined to a patient's compartment, as plain data. */
interface Search {
  type: Type;
  patient?: string | undefined;
  conditions: Condition[];
  inclusions: Inclusion[];
  countOnly: boolean;
  total: string;
}

/** The resources that `search` finds for `token`. */
function answerTo(
  { type, patient, conditions, inclusions, countOnly, total }: Search,
  ledger: Ledger,
  token: Token,
): Expected {
  if (!mayAsk(token, type, 's')) return refused(403);
  const sight = sightOf(token, ledger);
  const matches = sight
    .filter((version) => version.made.type === type)
    .filter((version) => patient === undefined || version.patients.includes(patient))
    .filter((version) => conditions.every((condition) => holds(version, condition, sight)));
  if (countOnly) return { status: 200, matches: [], total: matches.length };
  const counted = total === '_total=none' ? null : matches.length;
  const includes = (page: Version[]) => included(ledger, token, type, inclusions, page);
  return { status: 200, matches, includes, total: counted };
}

export function randomSearch(chance: Chance, base: string, type: Type, named: Type[]): Way {
  const patient = chance.happens(0.2) ? chance.pick(ids.Patient) : undefined;
  const conditions = chance.some(chance.pick([1, 1, 2]), () => randomCondition(chance, type, 2));
  const inclusions = chance.happens(0.5) ? chance.some(3, () => randomInclusion(chance, type, named), 1) : [];
  const wanted = inclusions.filter((inclusion) => inclusion !== undefined);
  const countOnly = chance.happens(0.1);
  const total = chance.pick(['', '', '_total=none', '_total=accurate', '_total=estimate']);
  const sort = chance.happens(0.4) ? randomSort(chance, type) : undefined;
  const partial = chance.happens(0.1);
  const controls = [total, sort?.text, partial && '_elements=subject,status', countOnly && '_summary=count'];
  const texts = [
    ...conditions.map((one) => textOf(one, base)),
    ...wanted.map(inclusionText),
    ...controls,
    pageSize(chance),
  ];
  const search = { type, patient, conditions, inclusions: wanted, countOnly, total };
  return {
    ...asked(chance, `${patient ? `/Patient/${patient}` : ''}/${type}`, texts),
    partial,
    expect: (ledger, token) => ({ ...answerTo(search, ledger, token), ...sort?.order }),
  };
}

export function pageSize(chance: Chance): string {
  return chance.pick(['', '_count=1000', '_count=2', '_count=5']);
}

/** By GET, or by POST with some parameters in the form. */
export function asked(
  chance: Chance,
  path: string,
  texts: (string | false | undefined)[],
): Pick<Way, 'method' | 'path' | 'body' | 'headers'> {
  const query = texts.filter(Boolean).map(String);
  if (chance.happens(0.8)) return { method: 'GET', path: `${path}${query.length > 0 ? '?' : ''}${query.join('&')}` };
  const inUrl = query.filter(() => chance.happens(0.3));
  const inBody = query.filter((text) => !inUrl.includes(text));
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = inBody.join('&').replaceAll('+', '%2B');
  return { method: 'POST', path: `${path}/_search${inUrl.length > 0 ? '?' : ''}${inUrl.join('&')}`, body, headers };
}

/** Everything within reach of the versions that are there now, of some types. */
export function ofTypes(versions: Version[], wanted: readonly Type[]): Version[] {
  return versions.filter(({ made }) => wanted.length === 0 || wanted.includes(made.type));
}
