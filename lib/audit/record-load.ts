import { randomUUID } from 'node:crypto';
import { type LoggedRecord, serverLog, writeAuditRecords } from '#lib/data/audit/events.ts';
import { requireTransaction } from '#lib/data/database/ambient.ts';
import type { AppliedChange } from '#lib/data/given/applied.ts';
import { nothingTouched } from '#lib/data/touched.ts';
import { recordOf } from './record-request.ts';

/** Something that a start of the server has changed because of a sandbox file. */
export type LoadedChange = Omit<AppliedChange, 'kind'> & { kind: AppliedChange['kind'] | 'import' };

/**
 * Records what loading a sandbox file changes, in its transaction: an unchanged file changes nothing later, so that what
 * is lost here would never be told. Passwords and new sandboxes stand in the log of the server, too. The client id of the
 * events contains a colon, so no app can be registered under it.
 */
export async function recordLoad(sandboxId: number, changes: LoadedChange[]): Promise<void> {
  requireTransaction();
  const logged = changes.flatMap((change): LoggedRecord[] => {
    const logs = ['password', 'sandbox'].includes(change.kind) ? [sandboxId, serverLog] : [sandboxId];
    return logs.map((log) => ({ log, record: recordOfChange(change) }));
  });
  if (logged.length > 0) await writeAuditRecords(logged);
}

/**
 * Records, in the transaction that does so, that this server gave accounts other passwords than the published ones: in its
 * log, and in those of all sandboxes that they are members of.
 */
export async function recordReplaced(usernames: string[]): Promise<void> {
  requireTransaction();
  const logged = usernames.map((username): LoggedRecord => {
    const record = recordOfChange({ kind: 'password', action: 'U', about: { username, by: 'start' } });
    return { log: 'account', record: { ...record, username } };
  });
  await writeAuditRecords(logged);
}

function recordOfChange({ kind, action, about }: LoadedChange) {
  const said = Object.entries(about).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const run = { method: 'RUN', path: 'npm start', query: `${new URLSearchParams(said)}`, status: 200 };
  const request = { interaction: kind, action, ...run, touched: nothingTouched() };
  return recordOf({ clientId: 'command:start' }, request, randomUUID(), new Date());
}
