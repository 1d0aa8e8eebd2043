import { type InternalTypeSchema, type TypedValueWithPath, validateTypedValue } from '@medplum/core';
import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';
import { type BoundValue, findUnboundCodes } from './required-binding.ts';
import { error, type ResourceIssue } from './resource-issue.ts';

/**
 * Issues of a value by a schema: an R4 type or, when `type` is a URL, a profile. Codes are checked only once the
 * structure is sound.
 * @param path the value's place, for the messages
 */
export function structuralIssues(
  { type, value, path }: TypedValueWithPath,
  schema: Pick<InternalTypeSchema, 'path'>,
): ResourceIssue[] {
  const bound: Record<string, BoundValue[]> = {};
  const place = (found: string) => (found.startsWith(schema.path) ? path + found.slice(schema.path.length) : found);
  try {
    const issues = validateTypedValue({ type, value }, { collect: { tokens: collector(bound) } });
    return [
      ...toResourceIssues(issues, place),
      ...findUnboundCodes(bound).map((code) => error(place(code.path), code.diagnostics)),
    ];
  } catch (thrown) {
    return issuesOf(thrown, place, path);
  }
}

/**
 * Receives the coded values that the validator finds. The validator compares each with all it has collected before
 * under the same key, which takes minutes for a hostile resource; this collector therefore always looks empty to it.
 */
function collector(bound: Record<string, BoundValue[]>): Record<string, TypedValueWithPath[]> {
  const seen = new Set<string>();
  return new Proxy<Record<string, TypedValueWithPath[]>>(
    {},
    {
      get: () => undefined,
      set(_, valueSet: string, values: TypedValueWithPath[]) {
        for (const value of values) {
          const key = `${valueSet} ${value.path}`;
          if (seen.has(key)) continue;
          seen.add(key);
          bound[valueSet] ??= [];
          bound[valueSet].push(value);
        }
        return true;
      },
    },
  );
}

function toResourceIssues(issues: OperationOutcomeIssue[], place: (path: string) => string): ResourceIssue[] {
  return issues
    .filter((issue) => !isReportedElsewhere(issue))
    .map((issue) => ({
      severity: issue.severity,
      expression: issue.expression?.map(place).join(', ') ?? '',
      diagnostics: issue.details?.text ?? issue.diagnostics ?? issue.code,
    }));
}

/** Whether a warning of the validator repeats an issue that `memberIssues` reports with the full path. */
function isReportedElsewhere({ details, diagnostics = '' }: OperationOutcomeIssue): boolean {
  return /^(Conflicting choice of type|Type of primitive extension does not match)/.test(details?.text ?? diagnostics);
}

function issuesOf(thrown: unknown, place: (path: string) => string, path: string): ResourceIssue[] {
  const outcome = (thrown as { outcome?: OperationOutcome } | undefined)?.outcome;
  if (outcome?.issue?.length) return toResourceIssues(outcome.issue, place);
  return [error(path, 'The resource could not be validated: its structure is not that of FHIR JSON')];
}
