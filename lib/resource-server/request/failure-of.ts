import { isDeleted } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { isFhirError } from '#lib/fhir/fhir-error.ts';
import { answerError } from './answer.ts';
import { type Caller, unknownSandbox } from './bearer.ts';

/** What to say of what was thrown: a request whose sandbox was deleted while it ran failed for that reason. */
export async function failureOf(thrown: unknown, { sandbox }: Pick<Caller, 'sandbox'>): Promise<unknown> {
  if (isFhirError(thrown)) return thrown;
  return (await isDeleted(sandbox.id).catch(() => false)) ? unknownSandbox() : thrown;
}

/** The same as an OperationOutcome. */
export async function answerFailure(thrown: unknown, caller: Pick<Caller, 'sandbox'>): Promise<Response> {
  return answerError(await failureOf(thrown, caller));
}
