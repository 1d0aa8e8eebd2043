import { name, type Sql, sql } from '../database/sql.ts';

/** Begins the client ids of CDS services. It contains a colon, so no app can be registered under such an id. */
const prefix = 'cds:';

/** The client id of a CDS service, made from the id of its registration. */
export function cdsClientId(id: string): string {
  return prefix + id;
}

/** SQL for the id of the CDS service's registration to which the token in the column `payload` was issued, or NULL. */
export function serviceOfToken(payload: string): Sql {
  const clientId = sql`${name(payload)} ->> 'clientId'`;
  return sql`(CASE WHEN ${clientId} LIKE 'cds:%' THEN substr(${clientId}, 5) END)`;
}
