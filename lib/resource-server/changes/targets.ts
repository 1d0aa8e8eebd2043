import { randomUUID } from 'node:crypto';
import { findMatches, type Match } from '#lib/data/resource/matching-resources.ts';
import type { Writer } from '#lib/data/resource/write.ts';
import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import type { Change } from './change.ts';
import { forChange, RefusedChange } from './refused-change.ts';

/** A change, its index in the list of changes, and the resource that it concerns. */
export interface Target<Kind extends Change = Change> {
  index: number;
  change: Kind;
  resourceType: string;
  /** Undefined when nothing met the condition of a deletion. */
  id?: string;
  /** The match of a conditional create, which is left as it is. */
  existing?: Match;
  /** Set when a conditional update matched nothing, so that the resource must not exist yet. */
  isNew?: boolean;
}

/**
 * Finds the resources that `changes` concern: named ones, matches of conditions, or new ones.
 * @throws RefusedChange 412 when several resources match a condition, 404 when none does but one is needed.
 * @see https://hl7.org/fhir/R4/http.html#cond-update
 */
export async function findTargets<Kind extends Change>(
  writer: Writer,
  changes: { index: number; change: Kind }[],
): Promise<Target<Kind>[]> {
  const conditions = changes.flatMap(({ change }) => change.condition ?? []);
  const matches = await findMatches(writer, conditions);
  const found = new Map(conditions.map((condition, at) => [condition, matches[at] ?? []]));
  return changes.map(({ index, change }) => {
    const { resourceType, condition } = change;
    const met = condition && found.get(condition);
    const named = forChange(index, () => (met ? byCondition(change, met) : { id: change.id ?? randomUUID() }));
    return { index, change, resourceType, ...named };
  });
}

type Found = Pick<Target, 'id' | 'existing' | 'isNew'>;

function byCondition(change: Change, met: Match[]): Found {
  const [match, another] = met;
  if (another) throw several(change.condition?.name ?? '');
  return match ? onMatch(change, match) : onNoMatch(change);
}

function onMatch(change: Change, match: Match): Found {
  if (change.kind === 'create') return { id: match.id, existing: match };
  return { id: change.kind === 'update' ? sameId(change.id, match) : match.id };
}

function onNoMatch({ kind, id }: Change): Found {
  if (kind === 'create') return { id: randomUUID() };
  if (kind === 'update') return { id: id ?? randomUUID(), isNew: true };
  if (kind === 'delete') return {};
  throw new FhirError(404, 'not-found', 'Nothing meets the condition that you may search for.');
}

function sameId(sent: string | undefined, { id }: Match): string {
  if (sent === undefined || sent === id) return id;
  throw invalid(`The id in the body, ${quote(sent)}, is not that of the resource that meets the condition.`);
}

/** The refusal of criteria that match more than one resource. */
export function several(criteria: string): FhirError {
  return new FhirError(412, 'multiple-matches', `More than one resource meets ${quote(criteria)}.`);
}

/**
 * Refuses changes that would write the same resource twice.
 * @throws RefusedChange 400 when two of `targets` are the same resource, or two creates have the same condition.
 */
export function requireDistinct(targets: Target[]): void {
  const seen = new Map<string, number>();
  for (const target of targets) {
    for (const name of namesOf(target)) {
      const earlier = seen.get(name);
      const taken = `${quote(name)} is written by an earlier entry too.`;
      if (earlier !== undefined) throw new RefusedChange(target.index, invalid(taken));
      seen.set(name, target.index);
    }
  }
}

function namesOf({ change, resourceType, id, existing }: Target): string[] {
  if (id === undefined || existing) return [];
  const created = change.kind === 'create' ? change.condition : undefined;
  return [`${resourceType}/${id}`, ...(created ? [created.name] : [])];
}
