import { inTransaction } from '#lib/data/database/transaction.ts';
import { type PutCounts, putIdentified } from '#lib/data/resource/resources.ts';
import { holdImport } from '#lib/data/seed/import-jobs.ts';
import { findImported, noteImported } from '#lib/data/seed/imported-parts.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import type { Problem } from '#lib/sandbox-file/problem.ts';
import { count } from '#lib/telemetry/metrics.ts';
import { conciseProblems } from './concise-problems.ts';
import { ImportEnded } from './import-ended.ts';
import { indexPart, type PreparedPart } from './prepare-part.ts';
import type { ReferenceResolver } from './reference-resolver.ts';

/** Result of importing one part. */
export interface PartOutcome {
  /** Whether the sandbox held the part already. */
  skipped: boolean;
  counts: PutCounts;
  problems: Problem[];
}

const nothing: PutCounts = { created: 0, updated: 0, unchanged: 0 };

/** Result for a part that the sandbox holds already. */
export const skippedPart: PartOutcome = { skipped: true, counts: nothing, problems: [] };

/** Options for storing a part. */
interface StoreOptions {
  now?: Date;
  /** Whether no client waits for it, so that it may take long. */
  background?: boolean;
  /** The upload that it belongs to; when that has ended, nothing is written. */
  job?: string | undefined;
}

/**
 * Writes a prepared part, and the note that it is in, in one transaction. A JSON file is written completely or not at
 * all; of an NDJSON part the valid lines are written, and it counts as in only if all were valid.
 * @throws ImportEnded when its upload was given up, or the sandbox was reset or deleted; nothing is written
 */
export async function storePart(
  sandboxId: number,
  prepared: PreparedPart,
  resolver: ReferenceResolver,
  options: StoreOptions = {},
): Promise<PartOutcome> {
  const outcome = await store(sandboxId, prepared, resolver, options);
  count('ehr_import_parts_total', { result: outcome.problems.length > 0 ? 'problems' : 'stored' });
  return { ...outcome, problems: conciseProblems(outcome.problems) };
}

async function store(
  sandboxId: number,
  prepared: PreparedPart,
  resolver: ReferenceResolver,
  { now = new Date(), background = false, job }: StoreOptions,
): Promise<PartOutcome> {
  const { part } = prepared;
  const problems = [...prepared.problems];
  try {
    if (!prepared.identified && mayGoIn(prepared)) problems.push(...(await settle(prepared, resolver)));
    const { identified } = prepared;
    if (!identified) return { skipped: false, counts: nothing, problems };
    const complete = problems.length === 0;
    const write = async () => {
      if (job && !(await holdImport(sandboxId, job))) throw new ImportEnded();
      const { digest } = prepared;
      const { file, place } = part;
      const note = { digest, file, place, size: part.bytes, resources: identified.length };
      if (complete && !(await noteImported(sandboxId, note))) return skippedPart;
      const counts = await putIdentified(sandboxId, identified, now);
      return { skipped: false, counts, problems };
    };
    return await inTransaction(write, { background });
  } catch (error) {
    if (!(error instanceof FhirError) || mayPass(error)) throw error;
    return { skipped: false, counts: nothing, problems: [...problems, problemOf(error, part.file)] };
  }
}

/** Whether any of a part may be written: a JSON file with a problem is left out completely. */
export function mayGoIn({ part, problems }: PreparedPart): boolean {
  return part.lines || problems.length === 0;
}

/**
 * Resolves what is still open. NDJSON lines whose references have no target are left out; a JSON file is then not
 * written.
 */
async function settle(prepared: PreparedPart, resolver: ReferenceResolver): Promise<Problem[]> {
  const open = await indexPart(prepared, resolver);
  if (open.length === 0 || !prepared.part.lines) return open;
  const bad = new Set(open.map(({ path }) => path));
  const kept = prepared.resources.filter((_, index) => !bad.has(prepared.paths[index] ?? ''));
  const paths = prepared.paths.filter((path) => !bad.has(path));
  Object.assign(prepared, { resources: kept, paths });
  return [...open, ...(await indexPart(prepared, resolver))];
}

/** Whether the same part may go in when it is sent again; one that takes too long would take as long again. */
function mayPass(error: FhirError): boolean {
  return error.status === 503 && error.issueCode !== 'timeout';
}

function problemOf({ message }: FhirError, file: string): Problem {
  return { file, path: '$', reason: message };
}

/** Whether the sandbox holds a part already, asked before any work is spent on it. */
export async function isIn(sandboxId: number, digest: string): Promise<boolean> {
  return (await findImported(sandboxId, [digest])).has(digest);
}
