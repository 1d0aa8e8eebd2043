import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { storableJson } from '#lib/smart/storable-json.ts';
import { compartment } from '../database/compartment.ts';
import { execute, sql } from '../database/sql.ts';

/** An audit record with the sandbox it belongs to. */
export interface SandboxRecord {
  sandboxId: number;
  record: AuditRecord;
}

/** Writes records in one statement. Records of a deleted sandbox are skipped, and so are those already written. */
export async function writeAuditRecords(records: SandboxRecord[]): Promise<void> {
  // One record with a text that the database cannot hold would take the others of its batch with it.
  const rows = storableJson(
    records.map(({ sandboxId, record }) => ({
      ...record,
      sandboxId,
      patients: record.patients.map((patient) => compartment(sandboxId, patient)),
    })),
  );
  await execute(sql`INSERT INTO audit_event (sandbox_id, id, recorded, interaction, action, outcome, status, method, path,
        query, client_id, username, fhir_user, grant_id, request_id, patients, patients_all, entities, entities_all)
      SELECT e."sandboxId", e.id, e.recorded, e.interaction, e.action, e.outcome, e.status, e.method, e.path,
        e.query, e."clientId", e.username, e."fhirUser", e."grantId", e."requestId", e.patients, e."patientsAll",
        e.entities, e."entitiesAll"
      FROM json_to_recordset(${rows}::text::json) AS e("sandboxId" int, id uuid, recorded timestamptz, interaction text,
          action text, outcome smallint, status smallint, method text, path text, query text, "clientId" text,
          username text, "fhirUser" text, "grantId" text, "requestId" text, patients text[], "patientsAll" int,
          entities text[], "entitiesAll" int)
        JOIN sandbox s ON s.id = e."sandboxId"
      ON CONFLICT DO NOTHING`);
}

/** How many days, and how many events, of each sandbox are kept. */
export const auditRetention = { days: 90, events: 500_000 };

/** Deletes events beyond the retention period, and the oldest events of each sandbox that has too many. */
export async function sweepAuditEvents(now: Date, { days, events } = auditRetention): Promise<void> {
  const oldest = new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
  await execute(
    sql`DELETE FROM audit_event e USING (
        SELECT s.id, greatest(${oldest}::timestamptz, (
          SELECT kept.recorded FROM audit_event kept WHERE kept.sandbox_id = s.id
            ORDER BY kept.recorded DESC, kept.id DESC OFFSET ${events - 1}::int LIMIT 1)) AS first
        FROM sandbox s) AS bound
      WHERE e.sandbox_id = bound.id AND e.recorded < bound.first`,
  );
}
