/** The FHIR type of the audit log's entries, which the server writes and keeps apart from the sandbox's resources. */
export const auditEventType = 'AuditEvent';

/** What one request did, or tried to, in a form that is cheap to keep. */
export interface AuditRecord {
  id: string;
  recorded: Date;
  /** `read`, `search-type`, `transaction` …, as FHIR calls its interactions, or an event of our own such as `chart`. */
  interaction: string;
  action: AuditAction;
  outcome: AuditOutcome;
  /** HTTP status of the answer. */
  status: number;
  method: string;
  /** Below the FHIR base, or below the sandbox for a page of the EHR; percent-encoded. */
  path: string;
  /** The query string, or the form of a search by POST. */
  query: string;
  /** The app that asked; absent for the EHR's own pages. */
  clientId?: string;
  /** The person for whom it was asked; absent for backend services. */
  username?: string;
  /** Relative reference of the FHIR resource that stands for that person. */
  fhirUser?: string;
  /** The authorization that the token came from. */
  grantId?: string;
  /** What the client, or the server for a failure, called the request. */
  requestId?: string;
  /** Ids of the patients in whose compartments something was touched, and how many they were in all. */
  patients: string[];
  patientsAll: number;
  /** The first of the resources that were touched, as `Type/id`, and how many they were in all. */
  entities: string[];
  entitiesAll: number;
}

export type AuditAction = 'C' | 'R' | 'U' | 'D' | 'E';
export type AuditOutcome = 0 | 4 | 8;

/** One record names no more patients: as many as a page of a search holds, matches and included ones. */
export const mostPatients = 2000;
/** One record names no more resources. */
export const mostEntities = 100;

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

/** The action of an interaction; what executes something, as a search or a batch does, is `E`. */
export function auditAction(interaction: string): AuditAction {
  return actions.get(interaction) ?? 'E';
}

/** Done, refused or failed, by the HTTP status. @see https://hl7.org/fhir/R4/valueset-audit-event-outcome.html */
export function auditOutcome(status: number): AuditOutcome {
  if (status < 400) return 0;
  return status < 500 ? 4 : 8;
}

const secrets = /^(access_token|refresh_token|id_token|token|client_secret|client_assertion|assertion|password)$/i;
const longestQuery = 4000;

/** A query string as it may be kept: without secrets, which have no business in it, and bounded. */
export function auditQuery(query: string): string {
  const pairs = query.replace(/^\?/, '').split('&');
  const kept = pairs.map((pair) => {
    const [name = ''] = pair.split('=', 1);
    return secrets.test(name) ? `${name}=***` : pair;
  });
  return kept.join('&').slice(0, longestQuery);
}
