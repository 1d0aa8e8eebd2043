import { resolve } from 'node:path';
import type { LeftPart } from '#lib/data/given/applied.ts';
import { Overtaken } from '#lib/data/given/given.ts';
import type { KnownUser } from '#lib/data/member/account-names.ts';
import { applyFile } from './apply-file.ts';
import { type CheckOptions, checkFile } from './check-file.ts';
import { isIdle } from './compare-file.ts';
import { jsonPath, type Problem } from './problem.ts';
import { type ReadFile, readSandboxFile } from './read-sandbox-file.ts';
import type { SandboxFile } from './schema/schema.ts';

export interface LoadOptions extends CheckOptions {
  now: Date;
  /** Whether the files may name data files outside of their own folders. */
  outside?: boolean;
  /** Called from time to time with the number of resources written, and the total. */
  onProgress?(written: number, total: number): void;
}

interface LoadedFile {
  sandbox: SandboxFile;
  /** Number of resources written or found unchanged; 0 if the sandbox held this very data already. */
  resources: number;
  /** How many things the file has changed. */
  changes: number;
}

/** What became of sandbox files. */
export interface Loading {
  loaded: LoadedFile[];
  /** Every problem of the files of which nothing was applied. */
  problems: Problem[];
  /** What a person should know of the files that were. */
  warnings: Problem[];
}

/**
 * Loads sandbox files one after the other, each completely or, if anything is wrong with it, not at all; a bad one does
 * not keep the others out. Each is checked completely before its first row is written. A file that was loaded before
 * changes only what it says otherwise since, so that what administrators have changed stays.
 */
export async function loadSandboxFiles(files: string[], options: LoadOptions): Promise<Loading> {
  const all: Loading = { loaded: [], problems: [], warnings: [] };
  const read = await Promise.all(files.map(async (file) => ({ file, ...(await readSandboxFile(file, options)) })));
  const known = read.flatMap((one) => ('sandbox' in one ? { file: one.file, ...one.sandbox } : []));
  for (const one of read) {
    const alongside = known.filter(({ file }) => file !== one.file);
    const { loaded, problems, warnings } = await loadRead(one, { ...options, alongside }).catch((error) =>
      failure(one.file, error),
    );
    all.loaded.push(...loaded);
    all.problems.push(...problems);
    all.warnings.push(...warnings);
  }
  return all;
}

interface AloneOptions extends LoadOptions {
  /** The other files of this start. */
  alongside: (KnownUser['alongside'][number] & { file: string })[];
}

async function loadRead(
  read: { file: string } & (ReadFile | { problems: Problem[] }),
  options: AloneOptions,
): Promise<Loading> {
  if ('problems' in read) return { loaded: [], problems: read.problems, warnings: [] };
  const { slug } = read.sandbox;
  const twin = options.alongside.find((other) => other.slug === slug);
  if (!twin) return loadFile(read.file, read, options);
  // Each would take back what the other gives.
  const reason = `is also the sandbox of ${twin.file}, and a sandbox has one file`;
  return { loaded: [], problems: [{ file: read.file, path: '$.slug', reason }], warnings: [] };
}

/** How often a file is compared again because another process has applied one to the same sandbox meanwhile. */
const maxAttempts = 5;

async function loadFile(file: string, read: ReadFile, options: AloneOptions, attempts = maxAttempts): Promise<Loading> {
  const context = { sandboxFile: file, outside: options.outside, now: options.now };
  const checked = await checkFile(read, context, options);
  const { sandbox, problems, warnings } = checked;
  if (problems.length > 0) return { loaded: [], problems, warnings: [] };
  if (isIdle(checked, resolve(file), options.outside)) {
    return { loaded: [{ sandbox, resources: 0, changes: 0 }], problems, warnings };
  }
  try {
    const { resources, changes, left } = await applyFile(checked, context, options.onProgress);
    const told = left.map((one) => warningOf(one, file, read.sandbox));
    return {
      loaded: [{ sandbox, resources, changes: changes.length }],
      problems,
      warnings: [...warnings, ...told],
    };
  } catch (error) {
    if (!(error instanceof Overtaken) || attempts === 1) throw error;
    return loadFile(file, read, options, attempts - 1);
  }
}

function warningOf({ key, reason }: LeftPart, file: string, { users }: SandboxFile): Problem {
  const index = users.findIndex(({ username }) => username === key);
  return { file, path: jsonPath(index < 0 ? ['users'] : ['users', index]), reason: `${key} ${reason}` };
}

/** Trouble that no check foresaw, such as a data file that went away meanwhile. */
function failure(file: string, error: unknown): Loading {
  // The last line says it; those before may quote what was to be written.
  const message = String(error instanceof Error ? error.message : error)
    .trim()
    .split('\n')
    .at(-1);
  const reason = `could not be loaded: ${message}`;
  return { loaded: [], problems: [{ file, path: '$', reason }], warnings: [] };
}
