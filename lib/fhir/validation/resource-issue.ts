import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';
import type { IssueCode } from '../operation-outcome.ts';

/** One finding of the validator. `expression` is the FHIRPath of the element, e.g. `Patient.birthDate`. */
export interface ResourceIssue {
  severity: OperationOutcomeIssue['severity'];
  expression: string;
  diagnostics: string;
}

/** More findings than this help nobody, and fill the answer. */
const mostIssues = 100;

export function error(expression: string, diagnostics: string): ResourceIssue {
  return { severity: 'error', expression, diagnostics };
}

/** Tells whether a resource with this finding must not be stored. */
export function isError({ severity }: ResourceIssue): boolean {
  return severity === 'error' || severity === 'fatal';
}

/** The findings, each once, errors first, and no more than a reader can use. */
export function withoutRepetition(issues: ResourceIssue[]): ResourceIssue[] {
  const distinct = new Map(issues.map((issue) => [`${issue.expression} ${issue.diagnostics}`, issue]));
  const sorted = [...distinct.values()].sort((a, b) => Number(isError(b)) - Number(isError(a)));
  const left = sorted.length - mostIssues;
  if (left <= 0) return sorted;
  const severity = isError(sorted[mostIssues] ?? error('', '')) ? 'error' : 'information';
  return [...sorted.slice(0, mostIssues), { severity, expression: '', diagnostics: `${left} more are not listed` }];
}

/** Paths and diagnostics may hold what a client has sent, of any length. */
const longestText = 300;

function shortened(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText).toWellFormed()}…` : text;
}

/** The findings as an OperationOutcome: each names its element in words and as `expression`. */
export function outcomeOf(issues: ResourceIssue[], code: IssueCode = 'invalid'): OperationOutcome {
  const issue = issues.map(({ severity, expression, diagnostics }) => ({
    severity,
    code: severity === 'information' ? ('informational' as const) : code,
    diagnostics: expression ? `${shortened(expression)}: ${shortened(diagnostics)}` : shortened(diagnostics),
    ...(expression ? { expression: [shortened(expression)] } : {}),
  }));
  return { resourceType: 'OperationOutcome', issue };
}
