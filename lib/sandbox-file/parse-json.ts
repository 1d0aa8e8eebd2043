import { ExcessiveJson, parseExactly, RepeatedMember } from '#lib/fhir/json/exact-json.ts';
import { jsonPath, type Problem } from './problem.ts';

/**
 * Parses JSON, keeping the texts of its numbers. Otherwise returns the problem: a syntax error with its line and
 * column, or an object with two members of the same name.
 */
export function parseJson(text: string, file: string): { value: unknown } | { problem: Problem } {
  try {
    return { value: parseExactly(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    return { problem: { file, path: '$', reason: reasonOf(error as SyntaxError, text) } };
  }
}

function reasonOf(error: SyntaxError, text: string): string {
  if (error instanceof ExcessiveJson) return error.message;
  if (!(error instanceof RepeatedMember)) return `is not JSON: ${withPlace(error, text)}`;
  return `has the same member twice in one object, at ${jsonPath(error.steps).slice(0, maxPathLength)}`;
}

/** Longest path quoted in a problem. */
const maxPathLength = 200;

function withPlace({ message }: SyntaxError, text: string): string {
  const position = Number(/at position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  if (Number.isNaN(position) || message.includes('line')) return message;
  const before = text.slice(0, position).split('\n');
  return `${message} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}
