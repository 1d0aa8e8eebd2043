/** `npm run export`: writes one NDJSON file per resource type. */
import { endWithUsage, readArguments } from '#scripts/machine/arguments.ts';
import { progressBar } from '#scripts/machine/progress-bar.ts';
import { runCommand } from '#scripts/machine/run-command.ts';
import { ensureGenerated } from '#scripts/prepare.ts';

const usage = `npm run export -- --sandbox SLUG --out FOLDER

Writes all resources of a sandbox that are not deleted, one file Type.ndjson for each type, with one resource to a line:
what npm run import takes. Files of these names that are in the folder are replaced.

Environment: DATABASE_URL and DATA_DIR as for npm start. With the embedded database, stop the server first, or download
the data on its page /SLUG/admin/import.`;

const { values } = readArguments(usage, { options: { sandbox: { type: 'string' }, out: { type: 'string' } } });
if (!values.sandbox || !values.out) endWithUsage(usage, 2);

const { sandbox, out } = values;
await runCommand(() => exportFrom(sandbox, out));

async function exportFrom(slug: string, folder: string): Promise<void> {
  await ensureGenerated();
  // Imported only now, as these import generated code.
  const { openSandbox, closeDatabase } = await import('#scripts/open-sandbox.ts');
  const { countByType } = await import('#lib/data/resource/counts.ts');
  const { countsOf, recordCommand } = await import('#lib/audit/record-command.ts');
  const { writeFolder } = await import('#lib/export/write-folder.ts');
  const sandbox = await openSandbox(slug);
  try {
    const types = await countByType(sandbox.id);
    const all = countsOf(types);
    const total = all.resources;
    await recordCommand(sandbox.id, { interaction: 'export', all });
    console.log(`• Exporting ${total} resources of ${sandbox.name} to ${folder}`);
    const bar = progressBar(total);
    const written = await writeFolder(sandbox.id, types, folder, (done) => bar.show(done, done));
    bar.end();
    console.log(`• Wrote ${written} resources of ${types.length} types`);
  } finally {
    await closeDatabase();
  }
}
