import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { resourceExists } from '#lib/data/resource/existence.ts';
import { findSandbox } from '#lib/data/sandbox/sandboxes.ts';
import { findDataDigest } from '#lib/data/seed/sandbox-definitions.ts';
import { nameUsers } from './account-names.ts';
import { type CheckedData, checkData } from './check-data.ts';
import { checkPasswords } from './check-passwords.ts';
import type { SourceContext } from './data-source.ts';
import { digestOfData } from './digest.ts';
import { judgePointers, pointersOf } from './pointers.ts';
import type { Problem } from './problem.ts';
import { readSandboxFile } from './read-sandbox-file.ts';
import type { SandboxFile } from './schema/schema.ts';

/** What a file is judged by. */
export interface CheckOptions extends OwnOrigins {
  /** Whether others than this machine can reach this server; users may then have no published passwords. */
  exposed?: boolean;
}

/** A sandbox file that can be applied, or the problems for which it cannot. */
export interface CheckedFile {
  /** With the names by which its users sign in. */
  sandbox?: SandboxFile;
  /** Absent if the sandbox holds this very data already. */
  data?: CheckedData | undefined;
  problems: Problem[];
  /** What a person should know of a file that is applied all the same. */
  warnings: Problem[];
}

/** Checks a sandbox file of the operator completely, its data included, by what the server holds. Writes nothing. */
export async function checkFile(context: SourceContext, options: CheckOptions): Promise<CheckedFile> {
  const { sandboxFile: file } = context;
  const read = readSandboxFile(file, options);
  if ('problems' in read) return { problems: read.problems, warnings: [] };
  const { slug } = read.sandbox;
  const pointers = pointersOf(read.sandbox);
  const missing = new Set(pointers.map(({ reference }) => reference));
  const loaded = (await findDataDigest(slug)) === digestOfData(read.sandbox, context);
  const data = loaded ? undefined : await checkData(read.sandbox, context, missing);
  const named = await nameUsers(read.sandbox, file);
  const dangling = await judgePointers(file, pointers, {
    missing,
    exists: (await findSandbox(slug)) !== undefined,
    stored: (reference) => resourceExists(slug, reference),
  });
  return {
    sandbox: named.sandbox,
    data,
    problems: [
      ...checkPasswords(read.sandbox, file, options.exposed ?? false),
      ...named.problems,
      ...(data?.problems ?? []),
      ...dangling.problems,
    ],
    warnings: [...named.warnings, ...dangling.warnings],
  };
}
