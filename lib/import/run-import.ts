import { persist } from '#lib/data/database/persist.ts';
import { refreshStatistics } from '#lib/data/resource/statistics.ts';
import type { Problem } from '#lib/sandbox-file/problem.ts';
import type { DataFile } from './data-files.ts';
import { digestOf, type Part } from './part.ts';
import { indexPart, type PreparedPart, preparePart } from './prepare-part.ts';
import { readParts } from './read-parts.ts';
import { ReferenceResolver } from './reference-resolver.ts';
import { isIn, mayGoIn, type PartOutcome, skippedPart, storePart } from './store-part.ts';

/** Progress of an import so far. */
export interface ImportProgress {
  /** Bytes of the files that are done, whatever the outcome. */
  bytes: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Parts (files, or pieces of NDJSON files) written by this run, and skipped because they were in already. */
  imported: number;
  skipped: number;
  problems: Problem[];
}

export interface ImportOptions {
  onProgress?(progress: ImportProgress): void;
  /** Stop at the first part with a problem; parts written before stay. */
  strict?: boolean;
}

/** Most problems kept; nobody reads more. */
const maxProblems = 1000;

/**
 * Imports files part by part: while the database writes one, the next is read, validated and indexed. Each part is
 * written in one transaction with the note that it is in, so that an interrupted import continues where it stopped.
 * Memory does not grow with the files. While the database is in trouble, it waits.
 */
export async function runImport(
  sandboxId: number,
  files: DataFile[],
  { onProgress = () => {}, strict = false }: ImportOptions = {},
): Promise<ImportProgress> {
  const progress: ImportProgress = {
    bytes: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    imported: 0,
    skipped: 0,
    problems: [],
  };
  const resolver = new ReferenceResolver(sandboxId);
  const note = (bytes: number, outcome: PartOutcome) => {
    add(progress, bytes, outcome);
    onProgress(progress);
    return strict && outcome.problems.length > 0;
  };
  let storing: Promise<boolean> = Promise.resolve(false);
  for await (const next of partsOf(files)) {
    const prepared = await persist(() => prepare(sandboxId, next, resolver)).catch(async (error) => {
      await storing;
      throw error;
    });
    if (await storing) return finish(progress);
    storing =
      'outcome' in prepared
        ? Promise.resolve(note(prepared.bytes, prepared.outcome))
        : persist(() => storePart(sandboxId, prepared, resolver, { background: true })).then((outcome) =>
            note(prepared.part.bytes, outcome),
          );
    // The next `await` reports a failure; this only keeps it from counting as unhandled until then.
    storing.catch(() => {});
  }
  await storing;
  return finish(progress);
}

async function* partsOf(files: DataFile[]): AsyncGenerator<{ part: Part | Problem; size: number }> {
  for (const file of files) for await (const part of readParts(file)) yield { part, size: file.size };
}

type Prepared = PreparedPart | { outcome: PartOutcome; bytes: number };

async function prepare(
  sandboxId: number,
  { part, size }: { part: Part | Problem; size: number },
  resolver: ReferenceResolver,
): Promise<Prepared> {
  if ('reason' in part) return { outcome: { ...skippedPart, skipped: false, problems: [part] }, bytes: size };
  const digest = digestOf(part);
  if (await isIn(sandboxId, digest)) return { outcome: skippedPart, bytes: part.bytes };
  const prepared = await preparePart(part, digest);
  // A missing target may be in the part being written now; storePart looks again once that is done.
  if (mayGoIn(prepared)) await indexPart(prepared, resolver);
  return prepared;
}

function add(progress: ImportProgress, bytes: number, { skipped, counts, problems }: PartOutcome): void {
  progress.bytes += bytes;
  progress.created += counts.created;
  progress.updated += counts.updated;
  progress.unchanged += counts.unchanged;
  if (skipped) progress.skipped++;
  else if (problems.length === 0) progress.imported++;
  progress.problems.push(...problems.slice(0, maxProblems - progress.problems.length));
}

async function finish(progress: ImportProgress): Promise<ImportProgress> {
  if (progress.created + progress.updated > 0) await refreshStatistics();
  return progress;
}
