import { auditEventType } from '#lib/fhir/audit/record.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { answerAudit } from './audit/answer-audit.ts';
import { noteAsked, noteSearch } from './audit/note-asked.ts';
import { answerBundle } from './bundle/answer-bundle.ts';
import { answerWrite } from './changes/answer-write.ts';
import { isWriting } from './changes/read-change.ts';
import { answerValidate } from './operation/validate.ts';
import { historyOf } from './read/history.ts';
import { requireType } from './read/read.ts';
import { answerRead, answerVersionRead } from './read/read-answer.ts';
import { answerText } from './request/answer.ts';
import type { Caller } from './request/bearer.ts';
import { readJson } from './request/body.ts';
import type { Interaction } from './request/interaction.ts';
import { isStrict } from './request/prefer.ts';
import { searchParametersOf } from './request/search-parameters.ts';
import { searchText } from './search/search.ts';
import { searchWidely } from './search/search-all.ts';

/** What an interaction is answered with for `caller`. @throws FhirError for expected trouble. */
export async function perform(request: Request, caller: Caller, interaction: Interaction): Promise<Response> {
  noteAsked(caller.sandbox.id, interaction);
  if ('resourceType' in interaction && interaction.resourceType === auditEventType) {
    return answerAudit(request, caller, interaction);
  }
  if (isWriting(interaction)) return answerWrite(request, caller, interaction);
  switch (interaction.kind) {
    case 'read':
      return answerRead(request, caller, interaction);
    case 'vread':
      return answerVersionRead(request, caller, interaction);
    case 'search':
      return answerSearch(request, caller, interaction);
    case 'search-system':
    case 'search-compartment':
    case 'everything':
      return answerWideSearch(request, caller, interaction);
    case 'history-instance':
    case 'history-type':
      return answerText(await historyOf(request, caller, interaction));
    case 'history-system':
      return answerText(await historyOf(request, caller, {}));
    case 'validate':
      return answerValidate(request, caller, interaction);
    case 'bundle':
      return answerBundle(request, caller, perform);
    default:
      return refuse(request, 'allow' in interaction ? interaction.allow : ['GET', 'HEAD']);
  }
}

async function answerSearch(
  request: Request,
  caller: Caller,
  { resourceType, inBody }: Extract<Interaction, { kind: 'search' }>,
): Promise<Response> {
  requireType(resourceType);
  const parameters = await searchParametersOf(request, inBody);
  noteSearch(caller.sandboxId, parameters, inBody);
  const options = { strict: isStrict(request.headers.get('prefer')) };
  return answerText(await searchText(caller, resourceType, parameters, options));
}

async function answerWideSearch(
  request: Request,
  caller: Caller,
  interaction: Extract<Interaction, { kind: 'search-system' | 'search-compartment' | 'everything' }>,
): Promise<Response> {
  const inBody = interaction.kind !== 'everything' && interaction.inBody;
  const parameters = await searchParametersOf(request, inBody);
  noteSearch(caller.sandbox.id, parameters, inBody);
  return answerText(
    await searchWidely(caller, interaction, parameters, { strict: isStrict(request.headers.get('prefer')) }),
  );
}

/** @throws FhirError always: 400 for a body that is not JSON, otherwise 405. */
async function refuse(request: Request, allow: string[]): Promise<never> {
  if (['POST', 'PUT', 'PATCH'].includes(request.method)) await readJson(request);
  throw new FhirError(405, 'not-supported', `${request.method} is not supported here.`, {
    Allow: [...allow, 'OPTIONS'].join(', '),
  });
}
