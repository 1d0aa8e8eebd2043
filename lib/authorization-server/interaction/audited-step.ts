import { auditedPage } from '#lib/audit/record-page.ts';
import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import type { OpenInteraction } from './open-interaction.ts';

type Interaction = Pick<OpenInteraction, 'sandbox' | 'clientId' | 'prompt' | 'toAllow'>;

/**
 * Does `work` for a step that shows or chooses patients or encounters, and records in the audit log what was read, for
 * which user and app. A step that concerns no patient leaves no record.
 */
export function auditedStep<Done>(
  interaction: Interaction,
  member: SandboxMember,
  { method = 'GET', ...sent }: { method?: 'GET' | 'POST'; q?: string; chosen?: string },
  work: () => Promise<Done>,
  statusOf?: (done: Done) => number,
): Promise<Done> {
  const { sandbox, clientId, prompt } = interaction;
  if (!isAboutPatients(interaction)) return work();
  const query = { client_id: clientId, ...sent };
  const request = { interaction: 'lookup', method, path: `oauth/interaction/${prompt}`, query };
  return auditedPage({ sandbox, user: member, fhirUser: member.fhirUser }, request, work, statusOf);
}

function isAboutPatients({ prompt, toAllow }: Interaction): boolean {
  return prompt === 'consent' ? toAllow.patient !== undefined : prompt === 'patient' || prompt === 'encounter';
}
