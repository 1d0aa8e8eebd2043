import { auditEventType } from '#lib/fhir/audit/record.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { answerAudit } from './audit/answer-audit.ts';
import { answerBundle } from './bundle/answer-bundle.ts';
import { answerWrite } from './changes/answer-write.ts';
import { answerOperation } from './operation/answer-operation.ts';
import { historyOf } from './read/history.ts';
import { answerRead, answerVersionRead } from './read/read-answer.ts';
import { answerText } from './request/answer.ts';
import type { Caller } from './request/bearer.ts';
import { readJson } from './request/body.ts';
import type { Interaction } from './request/interaction.ts';
import { noteNamed } from './request/note-named.ts';
import { answerSearch } from './search/answer-search.ts';

/** Answers an interaction for `caller`. @throws FhirError for every refusal. @throws FhirError for expected trouble. */
export async function perform(request: Request, caller: Caller, interaction: Interaction): Promise<Response> {
  noteNamed(caller.sandbox.id, interaction);
  if ('resourceType' in interaction && interaction.resourceType === auditEventType) {
    return answerAudit(request, caller, interaction);
  }
  return answer(request, caller, interaction);
}

/** Has no `default`, so that the compiler reports a kind of interaction that is not handled. */
async function answer(request: Request, caller: Caller, interaction: Interaction): Promise<Response> {
  switch (interaction.kind) {
    case 'read':
      return answerRead(request, caller, interaction);
    case 'vread':
      return answerVersionRead(request, caller, interaction);
    case 'create':
    case 'update':
    case 'conditional-update':
    case 'patch':
    case 'conditional-patch':
    case 'delete':
    case 'conditional-delete':
      return answerWrite(request, caller, interaction);
    case 'search':
    case 'search-system':
    case 'search-compartment':
      return answerSearch(request, caller, interaction);
    case 'history-instance':
    case 'history-type':
      return answerText(await historyOf(request, caller, interaction));
    case 'history-system':
      return answerText(await historyOf(request, caller, {}));
    case 'operation':
      return answerOperation(request, caller, interaction);
    case 'bundle':
      return answerBundle(request, caller, perform);
    case 'unsupported':
      return refuse(request, interaction.allow);
    // Usually discovery is answered before a token is required; here it came in a Bundle or with an encoded address.
    case 'metadata':
    case 'smart-configuration':
      return refuse(request, ['GET', 'HEAD']);
  }
}

/** Refuses an unsupported method. @throws FhirError always: 400 for a body that is not JSON, otherwise 405. */
async function refuse(request: Request, allow: string[]): Promise<never> {
  if (['POST', 'PUT', 'PATCH'].includes(request.method)) await readJson(request);
  throw new FhirError(405, 'not-supported', `${request.method} is not supported here.`, {
    Allow: [...allow, 'OPTIONS'].join(', '),
  });
}
