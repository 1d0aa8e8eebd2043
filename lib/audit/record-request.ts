import { randomUUID } from 'node:crypto';
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

/** Everything that is known of a request when its answer is. */
export interface AuditedRequest {
  method: string;
  /** Below the FHIR base or, for a page, below the sandbox; as it was sent. */
  path: string;
  /** The query string of the URL. */
  query: string;
  interaction: string;
  /** Where the interaction does not say it. */
  action?: AuditAction;
  status: number;
  requestId?: string | undefined;
  touched: Touched;
  /** How many were touched in all, where it is known and they are too many to be named. */
  all?: { patients: number; resources: number };
}

/** Who sends a request, as a record names them. */
export type Requestor = Pick<AuditRecord, 'clientId' | 'username' | 'fhirUser' | 'grantId'>;

/** Has a request and its answer recorded; nobody waits for it. */
export function recordRequest(sandboxId: number, requestor: Requestor, request: AuditedRequest): void {
  recordAudit(sandboxId, recordOf(requestor, request, randomUUID(), new Date()));
}

const maxPath = 1000;
const launchActions: Record<string, string> = { POST: 'create', DELETE: 'delete' };

/** The record of a request. */
export function recordOf(requestor: Requestor, request: AuditedRequest, id: string, recorded: Date): AuditRecord {
  const { touched, method, path, query, interaction, status, requestId, all } = request;
  return withoutUndefined({
    id,
    recorded,
    interaction,
    action: request.action ?? auditAction(interaction === 'launch' ? (launchActions[method] ?? 'read') : interaction),
    outcome: auditOutcome(Math.max(status, touched.worst ?? 0)),
    status,
    method,
    path: path.slice(0, maxPath),
    query: auditQuery(touched.form ?? query),
    ...requestor,
    requestId: requestId || undefined,
    patients: [...touched.patients].slice(0, maxPatients).map((name) => name.slice(name.indexOf('/') + 1)),
    patientsAll: all?.patients ?? touched.patients.size,
    entities: [...touched.resources].slice(0, maxEntities),
    entitiesAll: all?.resources ?? touched.resources.size,
  });
}
