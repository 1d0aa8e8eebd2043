/** `npm run import`: finds the files, imports them and reports the outcome. */
import type { Problem } from '#lib/sandbox-file/problem.ts';
import { endWithUsage, readArguments } from '#scripts/machine/arguments.ts';
import { progressBar } from '#scripts/machine/progress-bar.ts';
import { runCommand } from '#scripts/machine/run-command.ts';
import { ensureGenerated } from '#scripts/prepare.ts';

const usage = `npm run import -- --sandbox SLUG FOLDER-or-FILE …

Brings FHIR data into a sandbox: Bundles and single resources (.json), one resource or Bundle to a line (.ndjson, .jsonl),
each perhaps gzipped (.gz). A file goes in as a whole or not at all, of NDJSON every right line. What is in already is
passed over, so that the same command goes on after an interruption.

  --strict   end with the first mistake

Ends with code 0 when everything is in, 1 when something is not, 2 when the command is not understood.
Environment: DATABASE_URL and DATA_DIR as for npm start. With the embedded database, stop the server first, or upload the
files on its page /SLUG/admin/import.`;

const { values, positionals } = readArguments(usage, {
  allowPositionals: true,
  options: { sandbox: { type: 'string' }, strict: { type: 'boolean' } },
});
if (!values.sandbox || positionals.length === 0) endWithUsage(usage, 2);

const { sandbox, strict = false } = values;
await runCommand(() => importInto(sandbox, positionals, strict));

async function importInto(slug: string, paths: string[], strict: boolean): Promise<number> {
  await ensureGenerated();
  // Imported only now, as these import generated code.
  const { openSandbox, closeDatabase } = await import('#scripts/open-sandbox.ts');
  const { findDataFiles } = await import('#lib/import/data-files.ts');
  const { recordCommand } = await import('#lib/audit/record-command.ts');
  const { runImport } = await import('#lib/import/run-import.ts');
  const files = findDataFiles(paths);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const sandbox = await openSandbox(slug);
  try {
    console.log(`• Importing ${files.length} files into ${sandbox.name}`);
    await recordCommand(sandbox.id, { interaction: 'import', query: `files=${files.length}&bytes=${total}` });
    const bar = progressBar(total);
    const done = await runImport(sandbox.id, files, {
      strict,
      onProgress: ({ bytes, created, updated, unchanged }) => bar.show(bytes, created + updated + unchanged),
    });
    bar.end();
    const { created, updated, unchanged, skipped, problems } = done;
    console.log(`• ${created} resources created, ${updated} updated, ${unchanged} unchanged`);
    if (skipped > 0) console.log(`• Passed over ${skipped} files, or parts of them, that were in already`);
    report(problems);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await closeDatabase();
  }
}

function report(problems: Problem[]): void {
  if (problems.length === 0) return;
  console.error(`\nNot imported:`);
  for (const { file, path, reason } of problems) console.error(`  ${file} ${path}: ${reason}`);
}
