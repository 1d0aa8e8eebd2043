import { recordPage } from '#lib/audit/record-page.ts';
import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import type { OpenInteraction } from './open-interaction.ts';

type Asked = Pick<OpenInteraction, 'sandbox' | 'clientId'>;

/** Records in the audit log what a member allowed an app, or that they allowed nothing. */
export function recordConsent({ sandbox, clientId }: Asked, member: SandboxMember, allowed: readonly string[]): void {
  const answer = allowed.length > 0 ? 'allowed' : 'denied';
  const query = { answer, client_id: clientId, scope: allowed.join(' ') };
  const action = answer === 'allowed' ? ('C' as const) : ('D' as const);
  const request = { interaction: 'consent', action, method: 'POST' as const, path: 'oauth/interaction/consent', query };
  recordPage({ sandbox, user: member, fhirUser: member.fhirUser }, { ...request, clientId }, 303);
}
