import { FhirError, isFhirError } from '#lib/fhir/fhir-error.ts';

/** The refusal of a list of changes, with the index of the change to blame and the reason. */
export class RefusedChange extends FhirError {
  readonly index: number;
  readonly reason: FhirError;

  constructor(index: number, reason: FhirError) {
    super(reason.status, reason.issueCode, reason.message, reason.headers);
    this.index = index;
    this.reason = reason;
  }

  override get outcome() {
    return this.reason.outcome;
  }
}

/** Does `work` for the change at `index`, so that a refusal names the change. */
export function forChange<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw refusedChange(index, thrown);
  }
}

/** What to throw for what the work on one change has thrown: a refusal names the change. */
export function refusedChange(index: number, thrown: unknown): unknown {
  return isFhirError(thrown) ? new RefusedChange(index, thrown) : thrown;
}
