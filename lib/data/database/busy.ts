import { FhirError, isFhirError } from '#lib/fhir/fhir-error.ts';
import { whileItLasts } from '#lib/log/flood.ts';
import { log } from '#lib/log/log.ts';

/** Seconds after which a client may send a request again that failed because the server was busy. */
const retryAfter = { 'Retry-After': '5' };

/** A request that failed because of trouble that passes: it wrote nothing, and may succeed when it is sent again. */
class Busy extends FhirError {
  /** Next hands this to the page for errors, which knows by it that trying again may help. */
  readonly digest = 'BUSY';

  constructor(issueCode: 'timeout' | 'transient', diagnostics: string, cause?: unknown) {
    super(503, issueCode, diagnostics, retryAfter);
    this.cause = cause;
  }
}

/** The error for a transaction that lasted too long and was undone. */
export function overTime(milliseconds: number): FhirError {
  const limit = `${milliseconds / 1000} s`;
  return new Busy(
    'timeout',
    `This took longer than ${limit}, and all of it was undone. Send less at a time, or send it again.`,
  );
}

/** The error for a transaction that was undone because nobody waits for it any more. */
export function clientHasGone(): FhirError {
  return new Busy('transient', 'The client closed the connection before the answer, so all of it was undone.');
}

/**
 * SQLSTATEs, and codes of Prisma and of the system, for trouble that passes.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const slow = /^(57014|25P0[34])$/;
const passing = /^(55P03|53\d{3}|57P0[123]|08\w{3}|P2028|P2024|P100[128]|P1017|ECONN\w+|ETIMEDOUT|EPIPE)$/;

/** What `pg` says, without a code, of a connection that the server has closed. */
const lostConnection = /^(Connection terminated|Client has encountered a connection error)/;

/**
 * The answer for an error that the database or its driver threw because of trouble that passes: a limit on time, a lock
 * that others hold, or a connection that cannot be had. Undefined for every other error.
 */
export function busyOf(thrown: unknown): FhirError | undefined {
  if (isFhirError(thrown)) return thrown.status === 503 ? thrown : undefined;
  const codes = codesOf(thrown, 0);
  if (codes.some((code) => slow.test(code))) {
    tell(thrown);
    return new Busy('timeout', 'The database took too long. Ask for less at a time, or try again.', thrown);
  }
  const isLost = thrown instanceof Error && lostConnection.test(thrown.message);
  if (!isLost && !codes.some((code) => passing.test(code))) return undefined;
  tell(thrown);
  return new Busy('transient', 'The database is busy. Try again.', thrown);
}

/** Once every few seconds: where one request meets such trouble, others do. */
function tell(error: unknown): void {
  log.warn('The database is busy or away.', { error }, whileItLasts);
}

const maxDepth = 4;

/** Every code that an error and its causes carry: each driver has its own place for it. */
function codesOf(thrown: unknown, depth: number): string[] {
  if (typeof thrown !== 'object' || thrown === null || depth > maxDepth) return [];
  const { code, originalCode, message, cause, meta, driverAdapterError } = thrown as Record<string, unknown>;
  const [, inMessage] = /\bCode: `(\w+)`/.exec(String(message)) ?? [];
  const own = [code, originalCode, inMessage].filter((found) => typeof found === 'string');
  return [...own, ...[cause, meta, driverAdapterError].flatMap((inner) => codesOf(inner, depth + 1))];
}
