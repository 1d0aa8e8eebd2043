import { TransactionConflict } from '#lib/data/database/conflict.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';
import { type PutCounts, putIdentified } from '#lib/data/resource/resources.ts';
import { findImported, noteImported } from '#lib/data/seed/imported-parts.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import type { Problem } from '#lib/sandbox-file/problem.ts';
import { conciseProblems } from './concise-problems.ts';
import { indexPart, type PreparedPart } from './prepare-part.ts';
import type { ReferenceResolver } from './reference-resolver.ts';

/** What became of a part. */
export interface PartOutcome {
  /** It was in before. */
  skipped: boolean;
  counts: PutCounts;
  problems: Problem[];
}

const nothing: PutCounts = { created: 0, updated: 0, unchanged: 0 };

/** What a part comes to that the sandbox holds already. */
export const skippedPart: PartOutcome = { skipped: true, counts: nothing, problems: [] };

/**
 * Writes a prepared part and the note that it is in, in one transaction. Of a whole file everything goes in or nothing;
 * of lines those that are right, and the part counts as in only when all were.
 */
export async function storePart(
  sandboxId: number,
  prepared: PreparedPart,
  resolver: ReferenceResolver,
  now = new Date(),
): Promise<PartOutcome> {
  const outcome = await store(sandboxId, prepared, resolver, now);
  return { ...outcome, problems: conciseProblems(outcome.problems) };
}

async function store(
  sandboxId: number,
  prepared: PreparedPart,
  resolver: ReferenceResolver,
  now: Date,
): Promise<PartOutcome> {
  const { part } = prepared;
  const problems = [...prepared.problems];
  try {
    if (!prepared.identified && mayGoIn(prepared)) problems.push(...(await settle(prepared, resolver)));
    const { identified } = prepared;
    if (!identified) return { skipped: false, counts: nothing, problems };
    const complete = problems.length === 0;
    return await inTransaction(async () => {
      const { digest } = prepared;
      const { file, place } = part;
      const note = { digest, file, place, size: part.bytes, resources: identified.length };
      if (complete && !(await noteImported(sandboxId, note))) return skippedPart;
      const counts = await putIdentified(sandboxId, identified, now);
      return { skipped: false, counts, problems };
    });
  } catch (error) {
    if (!(error instanceof FhirError) || error instanceof TransactionConflict) throw error;
    return { skipped: false, counts: nothing, problems: [...problems, problemOf(error, part.file)] };
  }
}

/** Whether anything of a part may be written: a file with a mistake is left out as a whole. */
export function mayGoIn({ part, problems }: PreparedPart): boolean {
  return part.lines || problems.length === 0;
}

/** Lines whose references lead nowhere are left out; a whole file is not written then. */
async function settle(prepared: PreparedPart, resolver: ReferenceResolver): Promise<Problem[]> {
  const open = await indexPart(prepared, resolver);
  if (open.length === 0 || !prepared.part.lines) return open;
  const bad = new Set(open.map(({ path }) => path));
  const kept = prepared.resources.filter((_, index) => !bad.has(prepared.paths[index] ?? ''));
  const paths = prepared.paths.filter((path) => !bad.has(path));
  Object.assign(prepared, { resources: kept, paths });
  return [...open, ...(await indexPart(prepared, resolver))];
}

function problemOf({ message }: FhirError, file: string): Problem {
  return { file, path: '$', reason: message };
}

/** Whether a part is in already, before any work is spent on it. */
export async function isIn(sandboxId: number, digest: string): Promise<boolean> {
  return (await findImported(sandboxId, [digest])).has(digest);
}
