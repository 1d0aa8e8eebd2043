import type { OwnOrigins } from '#lib/address/own-origins.ts';
import type { KnownUser } from '#lib/data/member/account-names.ts';
import { resourceExists } from '#lib/data/resource/existence.ts';
import { nameUsers } from './account-names.ts';
import { type CheckedData, checkData } from './check-data.ts';
import { checkPasswords } from './check-passwords.ts';
import { type ComparedFile, compareFile } from './compare-file.ts';
import type { SourceContext } from './data-source.ts';
import { judgePointers, pointersOf } from './pointers.ts';
import type { Problem } from './problem.ts';
import type { ReadFile } from './read-sandbox-file.ts';
import type { SandboxFile } from './schema/schema.ts';

/** What a file is judged by. */
export interface CheckOptions extends OwnOrigins {
  /** Whether others than this machine can reach this server; users may then have no published passwords. */
  exposed?: boolean;
}

/** A sandbox file that was checked: it can be applied if it has no problems. */
export interface CheckedFile extends ComparedFile {
  /** With the names by which its users sign in. */
  sandbox: SandboxFile;
  /** Absent if the sandbox holds this very data already. */
  checked?: CheckedData | undefined;
  problems: Problem[];
  /** What a person should know of a file that is applied all the same. */
  warnings: Problem[];
}

/**
 * Checks a sandbox file of the operator completely, its data included, by what the server holds. Writes nothing.
 * @param alongside the users of the other files of this start
 */
export async function checkFile(
  read: ReadFile,
  context: SourceContext,
  { exposed = false, alongside }: Pick<CheckOptions, 'exposed'> & Pick<KnownUser, 'alongside'>,
): Promise<CheckedFile> {
  const { sandboxFile: file } = context;
  const { slug } = read.sandbox;
  const compared = await compareFile(read, context);
  const pointers = pointersOf(read.sandbox);
  const missing = new Set(pointers.map(({ reference }) => reference));
  const checked = compared.dataUnchanged ? undefined : await checkData(read.sandbox, context, missing);
  const named = await nameUsers({ ...read, compared: compared.compared }, file, alongside);
  const dangling = await judgePointers(file, pointers, {
    missing,
    exists: compared.basis.sandboxId !== undefined,
    stored: (reference) => resourceExists(slug, reference),
  });
  return {
    ...compared,
    sandbox: named.sandbox,
    compared: named.compared,
    checked,
    problems: [
      ...checkPasswords(read.sandbox, file, exposed),
      ...named.problems,
      ...(checked?.problems ?? []),
      ...dangling.problems,
    ],
    warnings: [...named.warnings, ...dangling.warnings],
  };
}
