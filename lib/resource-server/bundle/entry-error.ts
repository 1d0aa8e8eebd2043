import type { OperationOutcome } from 'fhir/r4';
import { FhirError, isFhirError } from '#lib/fhir/fhir-error.ts';

/** A refusal that names the entry of the Bundle that it concerns. */
class EntryError extends FhirError {
  readonly #index: number;
  readonly #reason: FhirError;

  constructor(index: number, reason: FhirError) {
    super(reason.status, reason.issueCode, reason.message, reason.headers);
    this.#index = index;
    this.#reason = reason;
  }

  override get outcome(): OperationOutcome {
    const entry = `Bundle.entry[${this.#index}]`;
    const issue = this.#reason.outcome.issue.map(({ expression = [''], diagnostics, ...others }) => ({
      ...others,
      diagnostics: `${entry}: ${diagnostics}`,
      expression: expression.map((path) => `${entry}${path.replace(/^[A-Za-z]+/, '.resource')}`),
    }));
    return { resourceType: 'OperationOutcome', issue };
  }
}

/** Attributes a refusal to the entry at `index`; unexpected errors are returned unchanged. */
export function entryError(index: number, thrown: unknown): unknown {
  return isFhirError(thrown) && !(thrown instanceof EntryError) ? new EntryError(index, thrown) : thrown;
}

/** Does `work` for the entry at `index`, so that a refusal names the entry. */
export function atEntry<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw entryError(index, thrown);
  }
}
