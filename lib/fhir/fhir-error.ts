import type { OperationOutcome } from 'fhir/r4';
import { type IssueCode, operationOutcome } from './operation-outcome.ts';

/** An expected failure of a FHIR interaction: the HTTP status and the contents of the OperationOutcome. */
export class FhirError extends Error {
  override readonly name = 'FhirError';
  readonly status: number;
  readonly issueCode: IssueCode;
  /** Response headers that go with the refusal, such as WWW-Authenticate or Allow. */
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

/** Whether `thrown` is a FhirError, even if the bundler has loaded the class twice (`instanceof` would then fail). */
export function isFhirError(thrown: unknown): thrown is FhirError {
  return thrown instanceof Error && thrown.name === 'FhirError' && 'issueCode' in thrown;
}

/** Whether `thrown` refuses what was asked. Trouble that passes (503) is none: what was asked may be right. */
export function isRefusal(thrown: unknown): thrown is FhirError {
  return isFhirError(thrown) && thrown.status !== 503;
}

/** The error for a request that does not parse: 400 with issue code `invalid`. */
export function invalid(diagnostics: string): FhirError {
  return new FhirError(400, 'invalid', diagnostics);
}

/** Quotes a client's text in diagnostics: on one line, and cut to what is needed to recognise it. */
export function quote(sent: string): string {
  const shown = sent.length > 80 ? `${sent.slice(0, 80)}…` : sent;
  return `"${shown.toWellFormed().replaceAll(/\p{Cc}/gu, '�')}"`;
}
