import { notePatient, patientRow } from '#lib/audit/note-patient.ts';
import { auditedPage, recordPage } from '#lib/audit/record-page.ts';
import { type Advice, askService } from '#lib/cds-hooks/fire.ts';
import type { Firing } from '#lib/cds-hooks/firing.ts';
import type { CdsService } from '#lib/data/cds/services.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { cdsClientId } from '#lib/data/token/cds-client-id.ts';
import { touchedOf } from '#lib/data/touched.ts';

/** Asks a CDS service, and records in the audit log the patient and the resources that its prefetch contained. */
export function askAudited(firing: Firing, service: CdsService): Promise<Advice | { problem: string }> {
  const { member, hook, context } = firing;
  const request = {
    interaction: 'cds-hook',
    method: 'POST' as const,
    path: `cds/hooks/${hook}`,
    query: { service: service.serviceId, hookInstance: firing.hookInstance, encounter: context.encounterId },
    clientId: cdsClientId(service.id),
  };
  const ask = () => {
    notePatient(member.sandbox.id, context.patientId);
    return askService(firing, service);
  };
  // Recorded even if the service fails, since it has the data by then.
  return auditedPage(member, request, ask, (advice) => ('problem' in advice ? 502 : 200));
}

/**
 * Records that a member tried to fire a hook for a patient or encounter out of reach (404), or may fire none (403), and no
 * service was asked.
 */
export function recordRefusedHook(
  member: Member,
  { hook, patient }: { hook: string; patient: string },
  status: 403 | 404,
): void {
  const request = { interaction: 'cds-hook', method: 'POST' as const, path: `cds/hooks/${hook}` };
  recordPage(member, request, status, touchedOf([patientRow(member.sandbox.id, patient)]));
}
