import { name, type Sql, sql } from '../database/sql.ts';

/** Client ids of CDS services: no app can be registered under one, for they have a colon. */
const prefix = 'cds:';

/** Who a CDS service is for the authorization server, by the id of its registration. */
export function cdsClientId(id: string): string {
  return prefix + id;
}

/** SQL: the id of the service's registration for which the token payload in column `payload` was issued, or null. */
export function serviceOfToken(payload: string): Sql {
  const clientId = sql`${name(payload)} ->> 'clientId'`;
  return sql`(CASE WHEN ${clientId} LIKE 'cds:%' THEN substr(${clientId}, 5) END)`;
}
