import { type LaunchParameters, textParameter } from '#lib/smart/launch/context.ts';
import { customaryReferences, fhirContextReferences } from '#lib/smart/launch/fhir-context.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { or, query, sql } from '../database/sql.ts';
import { reachByType, reachesAll } from '../search/reach.ts';

/**
 * A resource that a launch may not name: it does not exist, or the reader may not read it. Which of the two is told to
 * nobody, unless the reader may read whatever there is of the type.
 */
export interface BeyondReach {
  /** `Type/id`. */
  reference: string;
  /** Whether the reader could read it if it existed, so that it does not exist. */
  missing: boolean;
}

/** Those of `references` (`Type/id`) that `reader` cannot read, in their order. Takes one query at most. */
async function findBeyondReach(reader: Reader, references: readonly string[]): Promise<BeyondReach[]> {
  const wanted = [...new Set(references)];
  if (wanted.length === 0) return [];
  const names = wanted.map((reference) => reference.split('/'));
  const types = names.map(([type = '']) => type);
  const groups = reachByType({ ...reader, alias: 'r', verbs: ['r'] }, [...new Set(types)]);
  const reached = or(groups.map(({ types, reach }) => sql`(r.resource_type = ANY(${types}::text[]) AND ${reach})`));
  const rows = await query<{ reference: string }>(
    sql`SELECT r.resource_type || '/' || r.id AS reference
      FROM resource r JOIN unnest(${types}::text[], ${names.map(([, id = '']) => id)}::text[]) AS w(type, id)
        ON r.resource_type = w.type AND r.id = w.id
      WHERE r.sandbox_id = ${reader.sandboxId}::int AND NOT r.deleted AND ${reached}`,
  );
  const found = new Set(rows.map(({ reference }) => reference));
  return wanted
    .filter((reference) => !found.has(reference))
    .map((reference) => ({ reference, missing: reachesAll(reader.permission, typeOf(reference), 'r') }));
}

/**
 * The first resource that a launch names and its reader may not. A value under a customary name need not be a resource of
 * this sandbox at all, so it is refused only where what is not there cannot be told from what is another's.
 * @param base the FHIR base of the sandbox
 */
export async function findUnfitReference(
  reader: Reader,
  parameters: LaunchParameters,
  base: string,
  subjects: readonly string[] = [],
): Promise<BeyondReach | undefined> {
  const references = [...subjects, ...fhirContextReferences(parameters.fhirContext, base)];
  const found = await findBeyondReach(reader, [...references, ...customaryReferences(parameters, base)]);
  return found.find(({ reference, missing }) => !missing || references.includes(reference));
}

/**
 * Whether stored parameters name what is another's, or not there, to a reader who sees only part of its type. Takes no
 * query for a reader who sees everything.
 */
export async function namesUnseen(reader: Reader, parameters: LaunchParameters, base: string): Promise<boolean> {
  const encounter = textParameter(parameters, 'encounter');
  const named = [
    ...(encounter ? [`Encounter/${encounter}`] : []),
    ...fhirContextReferences(parameters.fhirContext, base),
    ...customaryReferences(parameters, base),
  ];
  const judged = named.filter((reference) => !reachesAll(reader.permission, typeOf(reference), 'r'));
  return (await findBeyondReach(reader, judged)).length > 0;
}

function typeOf(reference: string): string {
  return reference.split('/')[0] ?? '';
}
