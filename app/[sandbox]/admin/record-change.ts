import { recordPage } from '#lib/audit/record-page.ts';
import type { Member } from '#lib/data/member/memberships.ts';

interface Change {
  /** What it is about. */
  kind: 'member' | 'access' | 'app' | 'cds-service' | 'settings';
  action: 'C' | 'U' | 'D';
  /** Path of the page below the sandbox. */
  page: string;
  /** Whom or what it concerns; never a secret. */
  about?: Record<string, string | undefined>;
}

/** Has it recorded in the audit log that an administrator changed something. Nobody waits for it. */
export function recordChange(admin: Member, { kind, action, page, about }: Change): void {
  recordPage(admin, { interaction: kind, action, path: `admin${page}`, method: 'POST', query: about }, 200);
}
