import type { OperationOutcome } from 'fhir/r4';
import { type IssueCode, operationOutcome } from './operation-outcome.ts';

/** Expected trouble in a FHIR interaction: the HTTP status, and what the OperationOutcome says. */
export class FhirError extends Error {
  override readonly name = 'FhirError';
  readonly status: number;
  readonly issueCode: IssueCode;
  /** Headers that belong to the refusal, such as WWW-Authenticate or Allow. */
  readonly headers: Record<string, string>;

  constructor(status: number, issueCode: IssueCode, diagnostics: string, headers: Record<string, string> = {}) {
    super(diagnostics);
    this.status = status;
    this.issueCode = issueCode;
    this.headers = headers;
  }

  /** @see https://hl7.org/fhir/R4/http.html#Status-Codes */
  get outcome(): OperationOutcome {
    return operationOutcome('error', this.issueCode, this.message);
  }
}

/** Tells a FhirError from a surprise, also when the bundler has loaded its class twice. */
export function isFhirError(thrown: unknown): thrown is FhirError {
  return thrown instanceof Error && thrown.name === 'FhirError' && 'issueCode' in thrown;
}

/** A request that does not parse: 400 with issue code `invalid`. */
export function invalid(diagnostics: string): FhirError {
  return new FhirError(400, 'invalid', diagnostics);
}

/** Quotes what a client sent for a diagnostic text: on one line and not longer than needed to recognise it. */
export function quote(sent: string): string {
  const shown = sent.length > 80 ? `${sent.slice(0, 80)}…` : sent;
  return `"${shown.toWellFormed().replaceAll(/\p{Cc}/gu, '�')}"`;
}
