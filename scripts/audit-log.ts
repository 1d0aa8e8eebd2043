/** `npm run audit-log`: shows what happened at the server, or in a sandbox, also one that has been deleted. */
import { endWithUsage, readArguments } from '#scripts/machine/arguments.ts';
import { runCommand } from '#scripts/machine/run-command.ts';
import { ensureGenerated } from '#scripts/prepare.ts';

const usage = `npm run audit-log -- [--sandbox SLUG | --log NUMBER] [--days 7] [--json]

Shows the log of the server: sign-ins and failed ones, sign-outs, passwords that were changed, sandboxes that were made,
renamed or deleted. With --sandbox, the log of a sandbox; with --log, that of a deleted one, by the number in the event that tells of
its deletion. Newest first, at most 10000 events; --json writes each as one line of JSON.

Environment: DATABASE_URL and DATA_DIR as for npm start. With the embedded database, stop the server first.`;

const { values } = readArguments(usage, {
  options: {
    sandbox: { type: 'string' },
    log: { type: 'string' },
    days: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});
const days = Number(values.days);
const log = values.log === undefined ? undefined : Number(values.log);
if (!(days > 0) || (log !== undefined && !Number.isSafeInteger(log))) endWithUsage(usage, 2);

await runCommand(show);

async function show(): Promise<void> {
  await ensureGenerated();
  // Imported only now, as these import generated code.
  const { openDatabase, openSandbox, closeDatabase } = await import('#scripts/open-sandbox.ts');
  const { recentAudit } = await import('#lib/data/audit/search.ts');
  const { serverLog } = await import('#lib/data/audit/events.ts');
  await openDatabase();
  try {
    const chosen = values.sandbox === undefined ? (log ?? serverLog) : (await openSandbox(values.sandbox)).id;
    const since = new Date(Date.now() - days * 24 * 60 * 60 * 1000);
    for (const event of await recentAudit(chosen, since))
      console.log(values.json ? JSON.stringify(event) : line(event));
  } finally {
    await closeDatabase();
  }
}

function line(event: import('#lib/data/audit/search.ts').FoundRecord): string {
  const { recorded, interaction, outcome, status, username, clientId, address, path, query, repeated = 1 } = event;
  const target = query ? `${path}?${query}` : path;
  const times = repeated > 1 ? ` (${repeated} times)` : '';
  const done = outcome === 0 ? 'done' : `not done, ${status}`;
  const who = [username ?? clientId ?? 'nobody', address].filter(Boolean).join(' from ');
  return `${recorded.toISOString()}  ${interaction}  ${done}${times}  ${JSON.stringify(who)}  ${JSON.stringify(target)}`;
}
