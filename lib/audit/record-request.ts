import { randomUUID } from 'node:crypto';
import { recordAudit } from '#lib/data/audit-queue.ts';
import type { Touched } from '#lib/data/touched.ts';
import {
  type AuditRecord,
  auditAction,
  auditOutcome,
  auditQuery,
  mostEntities,
  mostPatients,
} from '#lib/fhir/audit-record.ts';
import type { Caller } from '../bearer.ts';
import type { Interaction } from '../interaction.ts';

/** Everything that is known of a request when its answer is. */
export interface AuditedRequest {
  method: string;
  /** Below the FHIR base, as it was sent. */
  path: string;
  /** The query string of the URL. */
  query: string;
  interaction: string;
  status: number;
  requestId?: string | undefined;
  touched: Touched;
}

/** Who asks, as far as a record tells. */
export type Asker = Pick<AuditRecord, 'clientId' | 'username' | 'fhirUser' | 'grantId'>;

/** Has a request and its answer recorded; nobody waits for it. */
export function recordRequest(sandboxId: number, asker: Asker, request: AuditedRequest): void {
  recordAudit(sandboxId, recordOf(asker, request, randomUUID(), new Date()));
}

/** Who the bearer of a token is. */
export function askerOf({ token }: Pick<Caller, 'token'>): Asker {
  const { clientId, user, grant } = token;
  return {
    clientId,
    ...(user ? { username: user.username, ...(user.fhirUser ? { fhirUser: user.fhirUser } : {}) } : {}),
    ...(grant ? { grantId: grant.grantId } : {}),
  };
}

const longestPath = 1000;

/** The record of a request. */
export function recordOf(asker: Asker, request: AuditedRequest, id: string, recorded: Date): AuditRecord {
  const { touched, method, path, query, interaction, status, requestId } = request;
  return {
    id,
    recorded,
    interaction,
    action: auditAction(interaction === 'launch' ? (launchActions[method] ?? 'read') : interaction),
    outcome: auditOutcome(Math.max(status, touched.worst ?? 0)),
    status,
    method,
    path: path.slice(0, longestPath),
    query: auditQuery(touched.form ?? query),
    ...asker,
    ...(requestId ? { requestId } : {}),
    patients: [...touched.patients].slice(0, mostPatients).map((name) => name.slice(name.indexOf('/') + 1)),
    patientsAll: touched.patients.size,
    entities: [...touched.resources].slice(0, mostEntities),
    entitiesAll: touched.resources.size,
  };
}

const launchActions: Record<string, string> = { POST: 'create', DELETE: 'delete' };

const codes: Partial<Record<Interaction['kind'], string>> = {
  search: 'search-type',
  'search-compartment': 'search-type',
  everything: 'operation',
  unsupported: 'operation',
  'conditional-update': 'update',
  'conditional-patch': 'patch',
  'conditional-delete': 'delete',
};

/** What FHIR calls an interaction. @see https://hl7.org/fhir/R4/codesystem-restful-interaction.html */
export function interactionCode({ kind }: Interaction, touched: Touched): string {
  return kind === 'bundle' ? (touched.bundle ?? 'batch') : (codes[kind] ?? kind);
}
