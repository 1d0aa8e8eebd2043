import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';

export type IssueCode = OperationOutcomeIssue['code'];

/** An OperationOutcome with a single issue; `diagnostics` addresses app developers. */
export function operationOutcome(
  severity: OperationOutcomeIssue['severity'],
  code: IssueCode,
  diagnostics: string,
): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: [{ severity, code, diagnostics }] };
}

/** An OperationOutcome with one warning for each of `diagnostics`. */
export function warnings(code: IssueCode, diagnostics: string[]): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: diagnostics.map((text) => ({ severity: 'warning', code, diagnostics: text })),
  };
}
