import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { compartment } from '../database/compartment.ts';
import { execute, sql } from '../database/sql.ts';

/** The log of the server itself, which no sandbox owns. Ids of sandboxes begin with 1. */
export const serverLog = 0;

/** An audit record with the log that it belongs into. */
export interface LoggedRecord {
  /**
   * The id of a sandbox, or `serverLog`. `account` stands for the log of the server and those of all sandboxes that the
   * record's user, found by name or id, is a member of.
   */
  log: number | 'account';
  record: AuditRecord;
}

/** Writes records in one statement. Records of a deleted sandbox are skipped, and so are those already written. */
export async function writeAuditRecords(records: LoggedRecord[]): Promise<void> {
  const rows = jsonOf(
    records.map(({ log, record }) => ({
      ...record,
      log: log === 'account' ? null : log,
      // Records of accounts name no patients, since each sandbox has its own.
      patients: log === 'account' ? [] : record.patients.map((patient) => compartment(log, patient)),
    })),
  );
  await execute(sql`INSERT INTO audit_event (sandbox_id, id, recorded, interaction, action, outcome, status, method, path,
        query, client_id, username, fhir_user, grant_id, request_id, address, repeated, patients, patients_all, entities,
        entities_all)
      SELECT logs.id, e.id, e.recorded, e.interaction, e.action, e.outcome, e.status, e.method, e.path,
        e.query, e."clientId",
        coalesce(e.username, (SELECT u.username FROM "user" u WHERE u.id = e."userId")), e."fhirUser", e."grantId", e."requestId", e.address, coalesce(e.repeated, 1),
        e.patients, e."patientsAll", e.entities, e."entitiesAll"
      FROM json_to_recordset(${rows}::text::json) AS e(log int, id uuid, recorded timestamptz, interaction text,
          action text, outcome smallint, status smallint, method text, path text, query text, "clientId" text,
          username text, "userId" text, "fhirUser" text, "grantId" text, "requestId" text, address text, repeated int, patients text[],
          "patientsAll" int, entities text[], "entitiesAll" int)
        CROSS JOIN LATERAL (
          SELECT s.id FROM sandbox s WHERE s.id = e.log
          UNION ALL SELECT ${serverLog}::int WHERE coalesce(e.log, ${serverLog}::int) = ${serverLog}::int
          UNION ALL SELECT m.sandbox_id FROM membership m JOIN "user" u ON u.id = m.user_id
            WHERE e.log IS NULL AND (u.username = e.username OR u.id = e."userId")
        ) AS logs(id)
      ON CONFLICT DO NOTHING`);
}

/** Writes rows as JSON without what PostgreSQL takes for no text: NUL, and halves of characters. */
function jsonOf(rows: object[]): string {
  const json = JSON.stringify(rows);
  if (!json.includes('\\u')) return json;
  return JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  );
}
