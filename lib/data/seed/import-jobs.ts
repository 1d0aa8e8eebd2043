import { database } from '../database/database.ts';
import { execute, sql } from '../database/sql.ts';

/** What was wrong with a file of a job, and where. */
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
  /** Files, or parts of files of lines, that were in before. */
  skipped: number;
  bytes: number;
  bytesDone: number;
  resources: number;
  problems: ImportProblem[];
}

/** What one request added to a job. */
export interface ImportStep {
  bytes: number;
  files: number;
  skipped: number;
  resources: number;
  problems: ImportProblem[];
}

/** Problems are kept up to this number. */
const maxProblems = 100;

/** Starts a job and answers its id. */
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

/** Whether the sandbox has this job, and it may still be added to. */
export async function isOpenImport(sandboxId: number, id: string): Promise<boolean> {
  return (await database().importJob.count({ where: { sandboxId, id, state: { in: ['running', 'paused'] } } })) > 0;
}

/** Adds to a job what a request did. */
export async function advanceImport(sandboxId: number, id: string, step: ImportStep): Promise<void> {
  const { bytes, files, skipped, resources, problems } = step;
  const kept = JSON.stringify(problems.slice(0, maxProblems));
  await execute(
    sql`UPDATE import_job SET updated_at = now(), state = 'running',
        bytes_done = least(bytes, bytes_done + ${bytes}::bigint), files_done = least(files, files_done + ${files}::int),
        skipped = skipped + ${skipped}::int, resources = resources + ${resources}::int,
        problems = CASE WHEN jsonb_array_length(problems) < ${maxProblems}::int
          THEN problems || ${kept}::text::jsonb ELSE problems END
      WHERE sandbox_id = ${sandboxId}::int AND id = ${id}`,
  );
}

/** Says that a job is paused, goes on, was given up or is done; one that has ended stays so. */
export async function setImportState(sandboxId: number, id: string, state: ImportState): Promise<boolean> {
  const where = { sandboxId, id, state: { in: ['running', 'paused'] } };
  return (await database().importJob.updateMany({ where, data: { state } })).count > 0;
}
