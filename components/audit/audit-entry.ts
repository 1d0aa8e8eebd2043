import type { AuditRecord } from '#lib/fhir/audit/record.ts';

/** An audit record with the names of its user, app and patients. */
export interface AuditEntry extends AuditRecord {
  userName?: string;
  clientName?: string;
  /** The first patients; one who does not exist, or no longer, has no name. */
  people: { id: string; name?: string | undefined }[];
}

/** The filters of the list; '' for one that is not set. */
export interface AuditQuery {
  patient: string;
  user: string;
  app: string;
  /** Code of the kind of event. */
  event: string;
  action: string;
  outcome: string;
  /** The network address that it came from. */
  address: string;
  from: string;
  to: string;
}
