import { env } from '#lib/env.ts';
import { storableJson } from '#lib/smart/storable-json.ts';
import { requireTransaction } from '../database/ambient.ts';
import { database } from '../database/database.ts';
import { daysBefore } from '../database/days-before.ts';
import { deleteInSlices } from '../database/delete-in-slices.ts';
import { execute, query, sql } from '../database/sql.ts';

/** A problem in a file of a job, and its place. */
interface ImportProblem {
  file: string;
  path: string;
  reason: string;
}

export type ImportState = 'running' | 'paused' | 'cancelled' | 'done';

/** An upload of data files: how large it is and how far it has come. */
export interface ImportJob {
  id: string;
  startedBy: string;
  startedAt: Date;
  updatedAt: Date;
  state: ImportState;
  files: number;
  filesDone: number;
  /** How many files, or parts of NDJSON files, the sandbox already had. */
  skipped: number;
  bytes: number;
  bytesDone: number;
  resources: number;
  problems: ImportProblem[];
}

/** The progress that one request made in a job. */
export interface ImportStep {
  bytes: number;
  files: number;
  skipped: number;
  resources: number;
  problems: ImportProblem[];
}

/** The most problems of a job that are stored. */
const maxProblems = 100;

/** Starts a job and returns its id. */
export async function startImport(
  sandboxId: number,
  startedBy: string,
  { files, bytes }: { files: number; bytes: number },
): Promise<string> {
  const job = await database().importJob.create({ data: { sandboxId, startedBy, files, bytes }, select: { id: true } });
  return job.id;
}

/** The job of the sandbox that was started last. */
export async function findLatestImport(sandboxId: number): Promise<ImportJob | undefined> {
  const job = await database().importJob.findFirst({ where: { sandboxId }, orderBy: { startedAt: 'desc' } });
  if (!job) return undefined;
  const { sandboxId: _, bytes, bytesDone, state, problems, ...rest } = job;
  return {
    ...rest,
    state: state as ImportState,
    bytes: Number(bytes),
    bytesDone: Number(bytesDone),
    problems: problems as unknown as ImportProblem[],
  };
}

/** Tells whether the sandbox has this job and it has not ended. */
export async function isOpenImport(sandboxId: number, id: string): Promise<boolean> {
  return (await database().importJob.count({ where: { sandboxId, id, state: { in: ['running', 'paused'] } } })) > 0;
}

/**
 * Locks a job that has not ended until the transaction ends, so that what ends it waits for what is being written.
 * @returns false when it has ended.
 */
export async function holdImport(sandboxId: number, id: string): Promise<boolean> {
  requireTransaction();
  const held = await query(
    sql`SELECT 1 FROM import_job
      WHERE sandbox_id = ${sandboxId}::int AND id = ${id} AND state IN ('running', 'paused') FOR SHARE`,
  );
  return held.length > 0;
}

/** Adds the progress of one request to a job that has not ended. */
export async function advanceImport(sandboxId: number, id: string, step: ImportStep): Promise<void> {
  const { bytes, files, skipped, resources, problems } = step;
  const kept = storableJson(problems.slice(0, maxProblems));
  await execute(
    sql`UPDATE import_job SET updated_at = now(), state = 'running',
        bytes_done = least(bytes, bytes_done + ${bytes}::bigint), files_done = least(files, files_done + ${files}::int),
        skipped = skipped + ${skipped}::int, resources = resources + ${resources}::int,
        problems = CASE WHEN jsonb_array_length(problems) < ${maxProblems}::int
          THEN problems || ${kept}::text::jsonb ELSE problems END
      WHERE sandbox_id = ${sandboxId}::int AND id = ${id} AND state IN ('running', 'paused')`,
  );
}

/** Sets a job to paused, running, given up or done; false when there is no such job that has not ended. */
export async function setImportState(sandboxId: number, id: string, state: ImportState): Promise<boolean> {
  const where = { sandboxId, id, state: { in: ['running', 'paused'] } };
  return (await database().importJob.updateMany({ where, data: { state } })).count > 0;
}

/** Deletes the jobs that nothing has happened in for long, also those that were abandoned; what they brought stays. */
export async function sweepImportJobs(now: Date): Promise<void> {
  const oldest = daysBefore(now, env().retention.imports);
  await deleteInSlices(sql`import_job`, sql`updated_at < ${oldest}::timestamptz`);
}
