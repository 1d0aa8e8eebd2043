import type { Ledger, Version } from './ledger.ts';
import type { Made } from './made.ts';
import { confinesOf, reaches, reachesFreely, type Token } from './token.ts';
import { about, compartment } from './vocabulary.ts';

/** Tells whether `token` may write over a version, or delete it: it is within reach, and not another patient's. */
export function mayTouch(token: Token, ledger: Ledger, version: Version, letter: 'u' | 'd'): boolean {
  if (!reaches(token, ledger, version, [letter])) return false;
  const { made, deleted, patients } = version;
  const own = confinesOf(token, made.type, letter);
  if (!own || made.type === 'Patient' || reachesFreely(token, ledger, version, letter)) return true;
  if (deleted || letter === 'd') return patients.every((patient) => own.includes(patient));
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
  const { made } = after.version;
  const own = confinesOf(token, made.type, letter);
  if (!own) return false;
  const stored = before.version?.deleted ? undefined : before.version;
  const [then, now] = [stored ? othersIn(stored.made, own) : [], othersIn(made, own)];
  if (now.some((one) => !then.includes(one)) && !reachesFreely(token, after.ledger, after.version, letter)) return true;
  const removes = then.some((one) => !now.includes(one));
  return removes && stored !== undefined && !reachesFreely(token, before.ledger, stored, letter);
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
