import { pageRecorded } from '#lib/audit/record-page.ts';
import type { Member } from '#lib/data/member/memberships.ts';

interface Change {
  /** The kind of thing that was changed. */
  kind:
    | 'member'
    | 'password'
    | 'access'
    | 'app'
    | 'cds-service'
    | 'settings'
    | 'keys'
    | 'registration'
    | 'brand'
    | 'scenario'
    | 'launch'
    | 'sandbox';
  action: 'C' | 'U' | 'D';
  /** Path of the page below the sandbox's Administration. */
  page: string;
  /** Names of the person or thing concerned; never a secret. */
  about?: Record<string, string | undefined>;
}

/**
 * Records in the audit log that an administrator changed something. Resolves when the record is written, so that a
 * process that is killed after the answer loses none.
 */
export function recordChange(admin: Member, { kind, action, page, about }: Change): Promise<void> {
  return pageRecorded(admin, { interaction: kind, action, path: `admin${page}`, method: 'POST', query: about });
}
