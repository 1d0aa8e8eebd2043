import { FhirError, isFhirError } from '#lib/fhir/fhir-error.ts';

/** A change that was refused: which one of those that belong together, and why. */
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

/** Does `work` for the change at `index`, so that a refusal says which it was. */
export function forChange<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw isFhirError(thrown) ? new RefusedChange(index, thrown) : thrown;
  }
}
