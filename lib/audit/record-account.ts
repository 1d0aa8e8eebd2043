import { serverLog } from '#lib/data/audit/events.ts';
import { auditWritten } from '#lib/data/audit/queue.ts';
import { nothingTouched } from '#lib/data/touched.ts';
import type { AuditAction } from '#lib/fhir/audit/record.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { Viewer } from './record-page.ts';
import { recordRequest } from './record-request.ts';

/** What happened to an account of the origin, which may be a member of several sandboxes, or to its sign-in. */
export interface AccountEvent {
  interaction: 'sign-in' | 'sign-out' | 'password';
  /** The account by its name or its id; for a sign-in that failed, the name that was tried. Never the password. */
  account: { username: string } | { userId: string };
  /** The HTTP status that stands for the outcome; 200 by default. */
  status?: number;
  action?: AuditAction;
  /** Whether anybody can cause it without end, so that those alike are counted. */
  counted?: boolean;
  /** Further facts; never a secret. */
  about?: Record<string, string | undefined>;
}

/**
 * Records an event of an account in the log of the server, and in the log of each sandbox that the account is a member
 * of. Resolves when the event is written; whoever must not tell by their time whether there is such an account does
 * not wait for that.
 */
export function recordAccount({ interaction, account, about = {}, ...event }: AccountEvent): Promise<void> {
  recordRequest('account', account, { ...requestOf(interaction, about), action: 'E', status: 200, ...event });
  return auditWritten();
}

/**
 * Records that an administrator reset the password of a member, who belongs to no other sandbox: in the log of the
 * sandbox, and in that of the server. Resolves when it is written.
 */
export function recordReset(
  { sandbox, user, fhirUser }: Viewer & { sandbox: { slug: string } },
  { username, path }: { username: string; path: string },
): Promise<void> {
  const about = { username, by: 'administrator', sandbox: sandbox.slug };
  const request = { ...requestOf('password', about), path, action: 'U' as const, status: 200 };
  for (const log of [sandbox.id, serverLog])
    recordRequest(log, withoutUndefined({ username: user.username, fhirUser }), request);
  return auditWritten();
}

/**
 * Records in the log of the server what was done to one of its sandboxes, which may be gone. Resolves when it is written.
 */
export function recordSandbox(
  username: string,
  action: 'C' | 'D',
  about: Record<string, string | undefined>,
): Promise<void> {
  recordRequest(serverLog, { username }, { ...requestOf('sandbox', about), action, status: 200 });
  return auditWritten();
}

function requestOf(interaction: string, about: Record<string, string | undefined>) {
  const sent = Object.entries(about).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = `${new URLSearchParams(sent)}`;
  return { interaction, method: 'POST', path: interaction, query, touched: nothingTouched() };
}
