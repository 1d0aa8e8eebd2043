import { withoutSecrets } from './secrets.ts';

/** An error as a log line tells it. */
export interface ErrorFields {
  name: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorFields;
}

const maxCauses = 3;
const maxLength = 4000;

/**
 * An error for the log: its name, message, code, stack and causes, without secrets and without anything else that
 * libraries attach, such as the request or the row that failed.
 */
export function errorFields(thrown: unknown, depth = 0): ErrorFields {
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: told(String(thrown)) };
  const { name, message, stack, cause } = thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  const fields: ErrorFields = { name, message: told(withoutValues(message, code)) };
  if (code) fields.code = code;
  if (stack) fields.stack = told(framesOf(stack));
  if (cause !== undefined && depth < maxCauses) fields.cause = errorFields(cause, depth + 1);
  return fields;
}

/**
 * What PostgreSQL says about data that it cannot take (class 22) ends with the value. Prisma has a code of its own for
 * raw queries, and tells that of PostgreSQL in the message.
 */
function withoutValues(message: string, code: string | undefined): string {
  return code?.startsWith('22') || /\bCode: `22\w{3}`/.test(message) ? message.replace(/: ".*/s, ': …') : message;
}

/** The calls of a stack; before them it repeats the message. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

function told(text: string): string {
  const cleaned = withoutSecrets(text);
  return cleaned.length > maxLength ? `${cleaned.slice(0, maxLength)}…` : cleaned;
}
