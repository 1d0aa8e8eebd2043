import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';
import type { IssueCode } from '../operation-outcome.ts';

/** One issue found by the validator. `expression` is the FHIRPath of the element, e.g. `Patient.birthDate`. */
export interface ResourceIssue {
  severity: OperationOutcomeIssue['severity'];
  expression: string;
  diagnostics: string;
}

/** Issues beyond this number are only counted: they help nobody and would fill the response. */
const maxIssues = 100;

export function error(expression: string, diagnostics: string): ResourceIssue {
  return { severity: 'error', expression, diagnostics };
}

/** Whether an issue forbids storing the resource. */
export function isError({ severity }: ResourceIssue): boolean {
  return severity === 'error' || severity === 'fatal';
}

/** The issues without duplicates, errors first, and cut to `maxIssues`. */
export function withoutRepetition(issues: ResourceIssue[]): ResourceIssue[] {
  const distinct = new Map(issues.map((issue) => [`${issue.expression} ${issue.diagnostics}`, issue]));
  const sorted = [...distinct.values()].sort((a, b) => Number(isError(b)) - Number(isError(a)));
  const left = sorted.length - maxIssues;
  if (left <= 0) return sorted;
  const severity = isError(sorted[maxIssues] ?? error('', '')) ? 'error' : 'information';
  return [...sorted.slice(0, maxIssues), { severity, expression: '', diagnostics: `${left} more are not listed` }];
}

/** Paths and diagnostics may quote what a client sent, so they are cut to this length. */
const maxTextLength = 300;

function shortened(text: string): string {
  return text.length > maxTextLength ? `${text.slice(0, maxTextLength).toWellFormed()}…` : text;
}

/** The issues as an OperationOutcome; each names its element both in `diagnostics` and in `expression`. */
export function outcomeOf(issues: ResourceIssue[], code: IssueCode = 'invalid'): OperationOutcome {
  const issue = issues.map(({ severity, expression, diagnostics }) => ({
    severity,
    code: severity === 'information' ? ('informational' as const) : code,
    diagnostics: expression ? `${shortened(expression)}: ${shortened(diagnostics)}` : shortened(diagnostics),
    expression: expression ? [shortened(expression)] : undefined,
  }));
  return { resourceType: 'OperationOutcome', issue };
}
