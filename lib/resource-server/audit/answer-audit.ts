import { findAuditRecord } from '#lib/data/audit/search.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { auditEvent } from '#lib/fhir/audit/event.ts';
import { auditEventType } from '#lib/fhir/audit/record.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { auditRefusal } from '#lib/smart/permission/audit-permission.ts';
import type { Verb } from '#lib/smart/scope/scope.ts';
import { notFound } from '../read/read.ts';
import { answerResource, answerText } from '../request/answer.ts';
import { type Caller, insufficientScope } from '../request/bearer.ts';
import type { Interaction } from '../request/interaction.ts';
import { isStrict } from '../request/prefer.ts';
import { searchParametersOf } from '../request/search-parameters.ts';
import { auditBundle } from './audit-bundle.ts';

/**
 * Answers requests for AuditEvents: administrators may read and search them; all other interactions are refused.
 * @throws FhirError 403 with the reason for everybody else, 405 for other interactions, 404 for an unknown record.
 * @see https://hl7.org/fhir/R4/auditevent.html
 */
export async function answerAudit(request: Request, caller: Caller, interaction: Interaction): Promise<Response> {
  if (interaction.kind === 'search') {
    requireAuditor(caller, 's');
    const parameters = await searchParametersOf(request, interaction.inBody);
    const strict = isStrict(request.headers.get('prefer'));
    return answerText(await auditBundle(caller.sandbox, parameters, strict));
  }
  requireAuditor(caller, 'r');
  if (interaction.kind === 'read') return answerRecord(caller, interaction.id);
  if (interaction.kind === 'vread') {
    if (interaction.versionId !== '1')
      throw notFound(auditEventType, `${interaction.id}/_history/${interaction.versionId}`);
    return answerRecord(caller, interaction.id);
  }
  throw notOffered(request.method);
}

/** @throws FhirError 403 that says why the caller may not read the log. */
function requireAuditor({ token, permission }: Caller, verb: Verb): void {
  const refusal = auditRefusal(token.user?.role, permission, verb);
  if (!refusal) return;
  throw refusal.scope ? insufficientScope(refusal.scope) : new FhirError(403, 'forbidden', refusal.reason);
}

async function answerRecord({ sandbox }: Caller, id: string): Promise<Response> {
  const record = await findAuditRecord(sandbox.id, id);
  if (!record) throw notFound(auditEventType, id);
  return answerResource(auditEvent(record, { base: fhirBaseOf(sandbox.slug), site: sandbox.slug }), {
    ETag: 'W/"1"',
    'Last-Modified': record.recorded.toUTCString(),
  });
}

function notOffered(method: string): FhirError {
  const why = `AuditEvents are written by the server itself, once: ${method} is not supported here.`;
  return new FhirError(405, 'not-supported', why, { Allow: 'GET, HEAD, OPTIONS' });
}
