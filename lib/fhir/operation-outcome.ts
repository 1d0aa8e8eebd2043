import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';

export type IssueCode = OperationOutcomeIssue['code'];

/** One OperationOutcome with one issue; `diagnostics` is for the people who build the app. */
export function operationOutcome(
  severity: OperationOutcomeIssue['severity'],
  code: IssueCode,
  diagnostics: string,
): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: [{ severity, code, diagnostics }] };
}

/** One OperationOutcome that warns of each of `diagnostics`. */
export function warnings(code: IssueCode, diagnostics: string[]): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: diagnostics.map((text) => ({ severity: 'warning', code, diagnostics: text })),
  };
}
