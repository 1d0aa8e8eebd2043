/** FHIR type of audit log entries. The server writes them and keeps them apart from the sandbox's resources. */
export const auditEventType = 'AuditEvent';

/** One request, whether it succeeded or not, in a form that is cheap to store. */
export interface AuditRecord {
  id: string;
  recorded: Date;
  /**
   * The interaction by FHIR's name (`read`, `search-type`, `transaction` …), or an event of our own such as `chart`.
   */
  interaction: string;
  action: AuditAction;
  outcome: AuditOutcome;
  /** HTTP status of the response. */
  status: number;
  method: string;
  /** Path below the FHIR base, or below the sandbox for pages of the EHR; percent-encoded. */
  path: string;
  /** The query string, or the form body of a search by POST. */
  query: string;
  /** The app that sent the request; absent for the EHR's own pages. */
  clientId?: string;
  /** The person the request was made for; absent for backend services. */
  username?: string;
  /** The id of that person's account, where only this is known: the name is looked up when the record is written. */
  userId?: string;
  /** Relative reference to the FHIR resource that represents that person. */
  fhirUser?: string;
  /** The grant that the token belongs to. */
  grantId?: string;
  /** The request id sent by the client, or assigned by the server when the request failed. */
  requestId?: string;
  /** The network address that the request came from. */
  address?: string;
  /** How many events this one stands for, if alike ones were counted instead of kept. */
  repeated?: number;
  /** Ids of the patients whose compartments were touched, up to `maxPatients`, and how many there were in all. */
  patients: string[];
  patientsAll: number;
  /** The first resources touched, as `Type/id`, up to `maxEntities`, and how many there were in all. */
  entities: string[];
  entitiesAll: number;
}

export type AuditAction = 'C' | 'R' | 'U' | 'D' | 'E';
export type AuditOutcome = 0 | 4 | 8;

/**
 * At most this many patients are named in one record: as many as one page of search results can hold, inclusions
 * counted.
 */
export const maxPatients = 2000;
/** At most this many resources are named in one record. */
export const maxEntities = 100;

const actions = new Map<string, AuditAction>([
  ['create', 'C'],
  ['read', 'R'],
  ['vread', 'R'],
  ['history-instance', 'R'],
  ['history-type', 'R'],
  ['history-system', 'R'],
  ['chart', 'R'],
  ['cds-hook', 'R'],
  ['export', 'R'],
  ['import', 'C'],
  ['order', 'C'],
  ['encounter', 'C'],
  ['update', 'U'],
  ['patch', 'U'],
  ['delete', 'D'],
]);

/** The AuditEvent action of an interaction; `E` (execute) for searches, batches and everything else not listed. */
export function auditAction(interaction: string): AuditAction {
  return actions.get(interaction) ?? 'E';
}

/**
 * Success, minor failure (refused) or serious failure, by HTTP status.
 * @see https://hl7.org/fhir/R4/valueset-audit-event-outcome.html
 */
export function auditOutcome(status: number): AuditOutcome {
  if (status < 400) return 0;
  return status < 500 ? 4 : 8;
}

const secrets = /^(access_token|refresh_token|id_token|token|client_secret|client_assertion|assertion|password)$/i;
const maxQueryLength = 4000;

/** A query string fit to be stored: the values of secrets masked, and cut to a maximum length. */
export function auditQuery(query: string): string {
  const pairs = query.replace(/^\?/, '').split('&');
  const kept = pairs.map((pair) => {
    const [name = ''] = pair.split('=', 1);
    return secrets.test(name) ? `${name}=***` : pair;
  });
  return kept.join('&').slice(0, maxQueryLength);
}
