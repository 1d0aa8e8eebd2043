import type { NamedPatient } from '#lib/fhir/index/patient-compartment.ts';

/** A version of a resource, as far as it decides whether its writer stays within reach. */
export interface JudgedVersion {
  /** The patients whom it names, by parameter of the patient compartment. */
  named: readonly NamedPatient[];
  /** Whether an alternative of the writer's permission that is not confined to patients reaches it. */
  free: boolean;
}

/** The parameters of the patient compartment that tell who said or did what a resource holds. */
const authors = ['author', 'sender', 'source', 'asserter', 'recorder', 'requester', 'attester', 'performer'];

/**
 * Whether a writer confined to the records of `patients` may replace a stored version: it must not be about others
 * alone, by the parameter `about` of its type, though its writer may be named elsewhere in it. What is about nobody
 * must not be by others alone: a recipient does not rewrite what the sender said.
 */
export function mayReplace({ named, free }: JudgedVersion, patients: readonly string[], about?: string): boolean {
  if (free) return true;
  const deciding = named.some(({ parameter }) => parameter === about) ? [about] : authors;
  return deciding.every((one) => {
    const found = named.filter(({ parameter }) => parameter === one);
    return found.length === 0 || found.some(({ patient }) => patients.includes(patient));
  });
}

/** Whether a writer confined to the records of `patients` may delete a version: it must name no other patient. */
export function mayDelete({ named, free }: JudgedVersion, patients: readonly string[]): boolean {
  return free || foreignIn(named, patients).size === 0;
}

/**
 * Whether a new version stays within the reach of a writer confined to the records of `patients`: it must name other
 * patients by exactly those parameters by which the version `before` it did. Without one, it must name no other.
 */
export function staysWithin(after: JudgedVersion, before: JudgedVersion, patients: readonly string[]): boolean {
  const [old, now] = [foreignIn(before.named, patients), foreignIn(after.named, patients)];
  const added = !after.free && [...now].some((one) => !old.has(one));
  const removed = !before.free && [...old].some((one) => !now.has(one));
  return !added && !removed;
}

function foreignIn(named: readonly NamedPatient[], patients: readonly string[]): Set<string> {
  const foreign = named.filter(({ patient }) => !patients.includes(patient));
  return new Set(foreign.map(({ parameter, patient }) => `${parameter} ${patient}`));
}
