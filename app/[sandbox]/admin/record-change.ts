import { recordPage } from '#lib/audit/record-page.ts';
import type { Member } from '#lib/data/member/memberships.ts';

interface Change {
  /** The kind of thing that was changed. */
  kind: 'member' | 'access' | 'app' | 'cds-service' | 'settings';
  action: 'C' | 'U' | 'D';
  /** Path of the page below the sandbox. */
  page: string;
  /** Names of the person or thing concerned; never a secret. */
  about?: Record<string, string | undefined>;
}

/** Records in the audit log that an administrator changed something, without making the answer wait. */
export function recordChange(admin: Member, { kind, action, page, about }: Change): void {
  recordPage(admin, { interaction: kind, action, path: `admin${page}`, method: 'POST', query: about }, 200);
}
