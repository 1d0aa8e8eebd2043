/** `npm run rename-sandbox`: gives a sandbox another slug, and with it another address. */
import type { RenameRefusal } from '#lib/data/sandbox/rename-sandbox.ts';
import { endWithUsage, readArguments } from '#scripts/machine/arguments.ts';
import { runCommand } from '#scripts/machine/run-command.ts';
import { ensureGenerated } from '#scripts/prepare.ts';

const usage = `npm run rename-sandbox -- OLD NEW

Gives the sandbox OLD the slug NEW: 1 to 40 lower-case letters, digits and inner hyphens, and nothing that the server answers
itself, as OLD may be. Its data, members, apps and settings stay. Its addresses, issuer and FHIR base are others from then on:
what apps were given ends, launches that wait are withdrawn, and every app has to be told the new FHIR base. The names of
its accounts stay as they are. A sandbox file with the slug OLD makes another sandbox, unless its slug is changed too.

Environment: DATABASE_URL and DATA_DIR as for npm start. With the embedded database, stop the server first.`;

const { positionals } = readArguments(usage, { options: {}, allowPositionals: true });
const [from, to, ...more] = positionals;
if (from === undefined || to === undefined || more.length > 0) endWithUsage(usage, 2);

await runCommand(() => rename(from, to));

async function rename(from: string, to: string): Promise<void> {
  await ensureGenerated();
  // Imported only now, as these import generated code.
  const { openDatabase, closeDatabase } = await import('#scripts/open-sandbox.ts');
  const { renameSandbox } = await import('#lib/data/sandbox/rename-sandbox.ts');
  const { recordRenaming } = await import('#lib/audit/record-command.ts');
  const { fhirBaseOf, issuerOf } = await import('#lib/env.ts');
  await openDatabase();
  try {
    const renamed = await renameSandbox(from, to);
    if ('refusal' in renamed) throw new Error(`${whyNot(renamed.refusal, from, to)} Nothing was changed.`);
    await recordRenaming(renamed, from);
    console.log(`• ${renamed.name} is now at ${issuerOf(to)}; FHIR base: ${fhirBaseOf(to)}
• What apps were given has ended. Tell them the new FHIR base, and change the slug in its sandbox file.`);
  } finally {
    await closeDatabase();
  }
}

/** Why nothing was renamed, in words. */
function whyNot(refusal: RenameRefusal, from: string, to: string): string {
  if (refusal === 'unknown') return `There is no sandbox ${from}.`;
  if (refusal === 'taken') return `${to} is taken, by another sandbox or by accounts that are named after one.`;
  return `No sandbox can be named ${to}: use 1 to 40 lower-case letters, digits and inner hyphens, and nothing that the server answers itself.`;
}
