import { styleText } from 'node:util';
import type { ErrorFields } from './error-fields.ts';

interface Line {
  level: string;
  time: string;
  message: string;
  error?: ErrorFields;
  [name: string]: unknown;
}

const colors = { error: 'red', warn: 'yellow', info: 'green', debug: 'gray' } as const;

/** A line of the log, which comes as JSON, for people: time, level, message, the other fields, and the stack below. */
export function prettyLine(json: string, colored: boolean): string {
  const { level, time, message, error, ...fields } = JSON.parse(json) as Line;
  const shown = level.toUpperCase().padEnd(5);
  const color = colors[level as keyof typeof colors];
  const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${textOf(value)}`);
  const head = `${time.slice(11, 23)} ${colored && color ? styleText(color, shown) : shown} ${message}`;
  return [head + rest.join(''), ...(error ? errorLines(error, '  ') : [])].join('\n').concat('\n');
}

function textOf(value: unknown): string {
  return typeof value === 'string' && !/[\s="]/.test(value) ? value : JSON.stringify(value);
}

function errorLines({ name, message, code, stack, cause }: ErrorFields, indent: string): string[] {
  const head = `${indent}${name}${code ? ` ${code}` : ''}: ${message}`;
  const frames = stack ? stack.split('\n').map((line) => `${indent}${line.trimStart()}`) : [];
  return [head, ...frames, ...(cause ? ['caused by', ...errorLines(cause, `${indent}  `)] : [])];
}
