import { type Condition, holds, textOf } from './condition.ts';
import { isKnown } from './known.ts';
import type { Ledger, Version } from './ledger.ts';
import type { Chance } from './random.ts';
import { randomCondition } from './random-condition.ts';
import { type Type, types } from './vocabulary.ts';

type Letter = 'c' | 'r' | 'u' | 'd' | 's';

interface Scope {
  level: 'patient' | 'user' | 'system';
  type: Type | '*';
  letters: string;
  access: string;
  filters: Condition[];
}

/** A token as the reference sees it. */
export interface Token {
  scope: string;
  scopes: Scope[];
  patient?: string;
  role: 'clinician' | 'patient' | 'service';
  fhirUser?: string;
  tellsUser: boolean;
}

const anyOf = ['c', 'r', 'u', 'd', 's'];
const versionOne: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' };

export function randomToken(chance: Chance, base: string): Token {
  const role = chance.pick(['clinician', 'clinician', 'patient', 'service'] as const);
  const levels =
    role === 'service' ? (['system', 'system', 'user'] as const) : (['patient', 'user', 'user', 'system'] as const);
  const scopes = chance.happens(0.2)
    ? uneven(chance, levels[0])
    : chance.some(4, () => randomScope(chance, chance.pick(levels)), 1);
  const tellsUser = chance.happens(0.5);
  const fhirUser =
    role === 'service' ? undefined : chance.pick(['Patient/P1', 'Patient/P1', 'Practitioner/D1', undefined]);
  const patient = chance.pick(['P1', 'P1', 'P2', undefined]);
  const text = ({ level, type, access, filters }: Scope) =>
    `${level}/${type}.${access}${filters.length > 0 ? '?' : ''}${filters.map((one) => textOf(one, base)).join('&')}`;
  return {
    scope: [...scopes.map(text), ...(tellsUser ? ['fhirUser'] : [])].join(' '),
    scopes,
    role,
    tellsUser,
    patient: role === 'service' ? undefined : patient,
    fhirUser,
  };
}

/** Scopes to search one type, and to do a single thing with another. */
function uneven(chance: Chance, level: Scope['level']): Scope[] {
  const letter = chance.pick(['r', 'r', 'r', 's', 'u', 'd']);
  const [one, other] = [chance.pick(['Patient', ...types] as const), chance.pick(types)];
  return [
    { level, type: one, access: 'rs', letters: 'rs', filters: [] },
    { level, type: other, access: letter, letters: letter, filters: [] },
  ];
}

function randomScope(chance: Chance, level: Scope['level']): Scope {
  const type = chance.pick(['*', '*', '*', 'Observation', 'Observation', ...types] as const);
  if (chance.happens(0.3)) return { level, type, access: 'cruds', letters: 'cruds', filters: [] };
  if (chance.happens(0.3)) {
    const access = chance.pick(Object.keys(versionOne));
    return { level, type, access, letters: versionOne[access] ?? '', filters: [] };
  }
  const chosen = anyOf.filter(() => chance.happens(0.6)).join('');
  const letters = chance.happens(0.3) ? chance.pick(anyOf) : chosen || 'rs';
  const about = type === '*' ? chance.pick(types) : type;
  const filters = chance.happens(0.4) ? chance.some(2, () => randomFilter(chance, about), 1) : [];
  return { level, type, access: letters, letters, filters };
}

function randomFilter(chance: Chance, about: Type): Condition {
  const strange = ['flavour=x', 'date=yesterday', '_count=1', 'code:above=x', 'gender:exact=male'];
  if (chance.happens(0.07)) return { kind: 'unknown', text: chance.pick(strange) };
  return randomCondition(chance, about, chance.happens(0.1) ? 1 : 0);
}

/** The scopes with this type and letter; their reach is checked separately. */
function speakingOf(token: Token, type: string, letter: Letter): Scope[] {
  return token.scopes.filter(
    (scope) =>
      (scope.type === '*' || scope.type === type) &&
      scope.letters.includes(letter) &&
      // Patients let apps write into their record by patient/ scopes alone.
      (scope.level !== 'user' || token.role !== 'patient' || letter === 'r' || letter === 's') &&
      (scope.level === 'system') === (token.role === 'service') &&
      (scope.level !== 'patient' || patientInContext(token) !== undefined),
  );
}

function ownRecord({ role, fhirUser }: Token): string[] {
  const [type, id = ''] = fhirUser?.split('/') ?? [];
  return role === 'patient' && type === 'Patient' ? [id] : [];
}

function patientInContext(token: Token): string | undefined {
  const { patient, role } = token;
  return patient && (role !== 'patient' || ownRecord(token).includes(patient)) ? patient : undefined;
}

/** Tells whether the scopes permit this letter for any resource of the type; otherwise the answer is 403. */
export function mayAsk(token: Token, type: string, letter: Letter): boolean {
  const own = letter === 'r' && token.tellsUser && token.fhirUser?.split('/')[0] === type;
  return own || speakingOf(token, type, letter).length > 0;
}

/** Tells whether a version is within reach. Superseded versions are never compared with search parameters. */
export function reaches(token: Token, ledger: Ledger, version: Version, letters: Letter[]): boolean {
  return letters.some(
    (letter) =>
      (letter === 'r' && token.tellsUser && token.fhirUser === version.name) ||
      speakingOf(token, version.made.type, letter).some((scope) => reachesBy(scope, token, ledger, version)),
  );
}

function reachesBy({ level, filters }: Scope, token: Token, ledger: Ledger, version: Version): boolean {
  const within = (patients: string[]) => version.patients.some((one) => patients.includes(one));
  if (level === 'patient' && !within([patientInContext(token) ?? ''])) return false;
  if (level === 'user' && token.role === 'patient' && !within(ownRecord(token))) return false;
  if (filters.length === 0) return true;
  if (version.deleted || !ledger.isCurrent(version)) return false;
  return filters.every((filter) => isKnown(version.made.type, filter) && holds(version, filter, []));
}

/**
 * The patients to whose records `token` is confined for writes of a type by this letter; undefined when no scope that
 * speaks of them is.
 */
export function confinesOf(token: Token, type: string, letter: Letter): string[] | undefined {
  const levels = new Set(speakingOf(token, type, letter).map(({ level }) => level));
  const own = levels.has('user') && token.role === 'patient' ? [ownRecord(token)] : [];
  const launched = levels.has('patient') ? [[patientInContext(token) ?? '']] : [];
  const confines = [...own, ...launched];
  return confines.length > 0 ? confines.flat() : undefined;
}

/** Tells whether a scope of no patient's record reaches a version by this letter. */
export function reachesFreely(token: Token, ledger: Ledger, version: Version, letter: Letter): boolean {
  return freeScopes(token, version.made.type, letter).some((scope) => reachesBy(scope, token, ledger, version));
}

function freeScopes(token: Token, type: string, letter: Letter) {
  const isFree = ({ level }: { level: string }) =>
    level !== 'patient' && !(level === 'user' && token.role === 'patient');
  return speakingOf(token, type, letter).filter(isFree);
}

/** Tells whether `token` may create under an id of its own choice, other than a random one, by an update. */
export function choosesIds(token: Token, type: string): boolean {
  return !confinesOf(token, type, 'u') || freeScopes(token, type, 'u').length > 0;
}

/** The resources that `token` may search for now. */
export function sightOf(token: Token, ledger: Ledger): Version[] {
  return ledger.present().filter((version) => reaches(token, ledger, version, ['s']));
}
