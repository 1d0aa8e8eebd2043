import { type Condition, holds, textOf } from './condition.ts';
import { type Expected, refused, type Way } from './expected.ts';
import type { Ledger, Version } from './ledger.ts';
import type { Chance } from './random.ts';
import { randomCondition } from './random-condition.ts';
import { anyType, oneOf } from './reading.ts';
import { asked, ofTypes, pageSize } from './searching.ts';
import { mayAsk, reaches, sightOf, type Token } from './token.ts';
import { ids, type Type, tags, types } from './vocabulary.ts';

/** A search of several types or all, perhaps confined to a compartment (`Patient/P1/*`). */
export function randomWideSearch(chance: Chance, base: string): Way {
  const patient = chance.happens(0.4) ? chance.pick(ids.Patient) : undefined;
  const wanted = chance.happens(0.6) ? chance.some(3, () => chance.pick(types), 1) : [];
  const conditions = chance.some(2, () => commonCondition(chance));
  const type = wanted.length > 0 && `_type=${wanted.join(',')}`;
  const texts = [type, ...conditions.map((one) => textOf(one, base)), pageSize(chance)];
  const expect = (ledger: Ledger, token: Token): Expected => {
    if (!mayAskAll(token, wanted)) return refused(403);
    const matches = ofTypes(sightOf(token, ledger), wanted)
      .filter(({ patients }) => patient === undefined || patients.includes(patient))
      .filter((version) => conditions.every((condition) => holds(version, condition, [])));
    return { status: 200, matches, total: matches.length };
  };
  return { ...asked(chance, patient ? `/Patient/${patient}/*` : '', texts), expect };
}

/** The parameters that all types have. */
function commonCondition(chance: Chance): Condition {
  if (chance.happens(0.5))
    return { kind: 'token', name: '_tag', not: chance.happens(0.3), values: [chance.pick(tags)] };
  const condition = randomCondition(chance, chance.pick(types), 0);
  return ['id', 'updated'].includes(condition.kind) ? condition : { kind: 'updated', prefix: 'ge', year: 2021 };
}

function mayAskAll(token: Token, wanted: Type[]): boolean {
  return wanted.length > 0 ? wanted.every((type) => mayAsk(token, type, 's')) : anyType(token, 's');
}

export function randomEverything(chance: Chance): Way {
  const id = chance.pick([...ids.Patient, 'nowhere']);
  const wanted = chance.happens(0.3) ? chance.some(2, () => chance.pick(types), 1) : [];
  const since = chance.pick([undefined, undefined, 2022]);
  const query = [wanted.length > 0 && `_type=${wanted.join(',')}`, since && `_since=${since}`, pageSize(chance)];
  const texts = query.filter(Boolean).join('&');
  const path = `/Patient/${id}/$everything${texts && `?${texts}`}`;
  const expect = (ledger: Ledger, token: Token): Expected => {
    const patient = oneOf(token, ledger, 'Patient', ledger.current(`Patient/${id}`));
    if (patient.status !== 200) return patient;
    if (!mayAskAll(token, wanted)) return refused(403);
    const matches = ofTypes(sightOf(token, ledger), wanted)
      .filter(({ patients }) => patients.includes(id))
      .filter(({ at }) => since === undefined || at >= Date.UTC(since, 0));
    const includes = (page: Version[]) => beside(ledger, token, page);
    return { status: 200, matches, includes, total: matches.length };
  };
  return { method: 'GET', path, expect };
}

/** The resources outside every compartment that a record refers to. */
function beside(ledger: Ledger, token: Token, matches: Version[]): Version[] {
  const pointers = matches.flatMap(({ made }) => Object.values(made.references).flat());
  return ledger
    .present()
    .filter(({ name, patients }) => patients.length === 0 && pointers.includes(name))
    .filter((version) => reaches(token, ledger, version, ['r', 's']));
}
