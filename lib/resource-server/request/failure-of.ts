import { isDeleted } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { isFhirError } from '#lib/fhir/fhir-error.ts';
import { answerError } from './answer.ts';
import { type Caller, unknownSandbox } from './bearer.ts';

/** The error to report for `thrown`: a request that fails because its sandbox was deleted meanwhile says so. */
export async function failureOf(thrown: unknown, { sandbox }: Pick<Caller, 'sandbox'>): Promise<unknown> {
  if (isFhirError(thrown)) return thrown;
  return (await isDeleted(sandbox.id).catch(() => false)) ? unknownSandbox() : thrown;
}

/** Answers the failure of a request with an OperationOutcome, which says so if the sandbox was deleted meanwhile. */
export async function answerFailure(thrown: unknown, caller: Pick<Caller, 'sandbox'>): Promise<Response> {
  return answerError(await failureOf(thrown, caller));
}
