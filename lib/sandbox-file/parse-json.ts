import type { Problem } from './problem.ts';

/** JSON text as a value, or the one mistake that makes it no JSON, with its line and column. */
export function parseJson(text: string, file: string): { value: unknown } | { problem: Problem } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    return { problem: { file, path: '$', reason: `is not JSON: ${withPlace(error as SyntaxError, text)}` } };
  }
}

function withPlace({ message }: SyntaxError, text: string): string {
  const position = Number(/at position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  if (Number.isNaN(position) || message.includes('line')) return message;
  const before = text.slice(0, position).split('\n');
  return `${message} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}
