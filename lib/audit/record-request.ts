import { randomUUID } from 'node:crypto';
import { recordAlike } from '#lib/data/audit/alike.ts';
import type { LoggedRecord } from '#lib/data/audit/events.ts';
import { recordAudit } from '#lib/data/audit/queue.ts';
import type { Touched } from '#lib/data/touched.ts';
import {
  type AuditAction,
  type AuditRecord,
  auditAction,
  auditOutcome,
  auditQuery,
  maxEntities,
  maxPatients,
} from '#lib/fhir/audit/record.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { callerAddress } from '#lib/http/caller/caller-address.ts';

/** Everything that is known about a request once it has been answered. */
export interface AuditedRequest {
  method: string;
  /** The path as it was sent, below the FHIR base or, for a page, below the sandbox. */
  path: string;
  /** The query string of the URL. */
  query: string;
  interaction: string;
  /** The action, if the interaction does not imply it. */
  action?: AuditAction;
  status: number;
  requestId?: string | undefined;
  touched: Touched;
  /** How many were touched in total, if there were too many to name. */
  all?: { patients: number; resources: number };
}

/** The sender of a request, as a record names them. */
export type Requestor = Pick<AuditRecord, 'clientId' | 'username' | 'userId' | 'fhirUser' | 'grantId'>;

/** Records a request and its outcome; nobody waits for the record. Where `counted`, those alike are counted instead. */
export function recordRequest(
  log: LoggedRecord['log'],
  requestor: Requestor,
  { counted, ...request }: AuditedRequest & { counted?: boolean },
): void {
  const record = recordOf(requestor, request, randomUUID(), new Date());
  if (counted) recordAlike(log, record);
  else recordAudit(log, record);
}

const maxPath = 1000;
const launchActions = new Map<string, string>(Object.entries<string>({ POST: 'create', DELETE: 'delete' }));

/** Makes the audit record of a request, cut to the limits of the log. */
export function recordOf(requestor: Requestor, request: AuditedRequest, id: string, recorded: Date): AuditRecord {
  const { touched, method, path, query, interaction, status, requestId, all } = request;
  return withoutUndefined({
    id,
    recorded,
    interaction,
    action:
      request.action ?? auditAction(interaction === 'launch' ? (launchActions.get(method) ?? 'read') : interaction),
    outcome: auditOutcome(Math.max(status, touched.worst ?? 0)),
    status,
    method,
    path: path.slice(0, maxPath),
    query: auditQuery(touched.form ?? query),
    ...requestor,
    requestId: requestId || undefined,
    address: callerAddress(),
    patients: [...touched.patients].slice(0, maxPatients).map((name) => name.slice(name.indexOf('/') + 1)),
    patientsAll: all?.patients ?? touched.patients.size,
    entities: [...touched.resources].slice(0, maxEntities),
    entitiesAll: all?.resources ?? touched.resources.size,
  });
}
