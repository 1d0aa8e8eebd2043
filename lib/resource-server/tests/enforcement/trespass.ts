import type { Ledger, Version } from './ledger.ts';
import type { Made } from './made.ts';
import { confinesOf, reaches, reachesFreely, type Token } from './token.ts';
import { about, compartment } from './vocabulary.ts';

/** Tells whether `token` may write over a version, or delete it: it is within reach, and not another patient's. */
export function mayTouch(token: Token, ledger: Ledger, version: Version, letter: 'u' | 'd'): boolean {
  if (!reaches(token, ledger, version, [letter])) return false;
  const { made, deleted, patients } = version;
  const own = confinesOf(token, made.type, letter);
  if (!own || reachesFreely(token, ledger, version, letter)) return true;
  if (made.type === 'Patient') return letter === 'u' && !deleted;
  return deleted || letter === 'd' ? patients.every((patient) => own.includes(patient)) : isAbout(made, own);
}

/** Tells whether a resource is about one of these patients, if it is about anybody. */
function isAbout(made: Made, own: string[]): boolean {
  const subjects = patientsBy(made, about[made.type] ?? '');
  return subjects.length === 0 || own.some((patient) => subjects.includes(patient));
}

/** Tells whether `token` would trespass on another patient by writing `after`, a version of `ledger`, over `before`. */
export function trespasses(
  token: Token,
  letter: 'c' | 'u',
  before: { version?: Version | undefined; ledger: Ledger },
  after: { version: Version; ledger: Ledger },
): boolean {
  const own = confinesOf(token, after.version.made.type, letter);
  if (!own) return false;
  const stored = before.version?.deleted ? undefined : before.version;
  const change = { stored, ledger: before.ledger };
  return (
    movesOthers(token, letter, change, after, own) ||
    refersBeyond(token, letter, stored, after, own) ||
    identifiesSomebody(token, letter, stored, after) ||
    (after.version.made.type === 'Patient' && assigns(token, letter, change, after))
  );
}

interface Change {
  stored: Version | undefined;
  ledger: Ledger;
}

/** Tells whether a new version names others whom the old one did not, or the other way round. */
function movesOthers(
  token: Token,
  letter: 'c' | 'u',
  { stored, ledger }: Change,
  after: Written,
  own: string[],
): boolean {
  const [then, now] = [stored ? othersIn(stored.made, own) : [], othersIn(after.version.made, own)];
  if (now.some((one) => !then.includes(one)) && !reachesFreely(token, after.ledger, after.version, letter)) return true;
  const removes = then.some((one) => !now.includes(one));
  return removes && stored !== undefined && !reachesFreely(token, ledger, stored, letter);
}

interface Written {
  version: Version;
  ledger: Ledger;
}

/** Tells whether a new version says something of a Patient that only the hospital says. */
function assigns(token: Token, letter: 'c' | 'u', { stored, ledger }: Change, after: Written): boolean {
  const freely = reachesFreely(token, after.ledger, after.version, letter);
  if (!stored) return !freely;
  if (freely && reachesFreely(token, ledger, stored, letter)) return false;
  const said = ({ made: { resource } }: Version) => {
    const { identifier, active, managingOrganization, link } = resource;
    return JSON.stringify([identifier, active, managingOrganization, link]).replaceAll(`${ledger.base}/`, '');
  };
  return said(stored) !== said(after.version);
}

/** What R4 puts into no patient's compartment, of the types here. */
const shared = ['Practitioner', 'Organization'];
const anyLetter = ['c', 'r', 'u', 'd', 's'] as const;

/** Tells whether a new version refers to something of which the token reaches nothing, where the old one did not. */
function refersBeyond(
  token: Token,
  letter: 'c' | 'u',
  stored: Version | undefined,
  { version, ledger }: Written,
  own: string[],
): boolean {
  if (ledger.trusting || reachesFreely(token, ledger, version, letter)) return false;
  const then = stored ? referencesOf(stored.made) : [];
  return referencesOf(version.made).some((one) => {
    const name = one.split(' ')[1] ?? '';
    const [type = '', id = ''] = name.split('/');
    if (then.includes(one) || shared.includes(type) || (type === 'Patient' && own.includes(id))) return false;
    const target = (ledger.settled ?? ledger).current(name);
    return !target || target.deleted || !reaches(token, ledger.settled ?? ledger, target, [...anyLetter]);
  });
}

/** Where a patient or a related person may be named, of the elements here. */
const ofPeople = ['link', 'subject', 'performer', 'participant', 'asserter', 'actor', 'requester', 'extension'];

/** Tells whether a new version names somebody by an identifier where the old one did not. */
function identifiesSomebody(
  token: Token,
  letter: 'c' | 'u',
  stored: Version | undefined,
  { version, ledger }: Written,
): boolean {
  if (reachesFreely(token, ledger, version, letter)) return false;
  const then = stored?.made.identified ?? [];
  return version.made.identified.some((one) => ofPeople.includes(one.split(' ')[0] ?? '') && !then.includes(one));
}

function referencesOf({ references, inside }: Made): string[] {
  const found = Object.entries(references).flatMap(([parameter, names]) => names.map((name) => `${parameter} ${name}`));
  return [...found, ...inside];
}

/** The patients whom a resource names, each with the parameter, but for those whose records are the writer's. */
function othersIn(made: Made, own: string[]): string[] {
  return compartment[made.type].flatMap((parameter) =>
    patientsBy(made, parameter).flatMap((patient) => (own.includes(patient) ? [] : `${parameter} ${patient}`)),
  );
}

function patientsBy({ references }: Made, parameter: string): string[] {
  const named = references[parameter] ?? [];
  return named.flatMap((name) => (name.startsWith('Patient/') ? [name.slice('Patient/'.length)] : []));
}
