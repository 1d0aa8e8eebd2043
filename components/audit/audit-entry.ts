import type { AuditRecord } from '#lib/fhir/audit/record.ts';

/** A record of the log with the names by which people know who is in it. */
export interface AuditEntry extends AuditRecord {
  userName?: string;
  clientName?: string;
  /** The first patients by name; one who is not there (any more) has none. */
  people: { id: string; name?: string | undefined }[];
}

/** What the list is narrowed to; '' for nothing. */
export interface AuditQuery {
  patient: string;
  user: string;
  app: string;
  action: string;
  outcome: string;
  from: string;
  to: string;
}
