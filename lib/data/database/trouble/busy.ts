import { FhirError, isFhirError } from '#lib/fhir/fhir-error.ts';
import { isUnknownEnd, type TroubleKind, troubleOf } from './trouble.ts';

/** Seconds after which a client may send a request again that failed because of trouble that passes. */
const soon = '5';
/** The same for trouble that ends only when somebody has done something about it. */
const later = '60';

/** A request that failed because of trouble that passes: it may succeed when it is sent again. */
class Busy extends FhirError {
  /** Next hands this to the page for errors, which knows by it that trying again may help. */
  readonly digest: string = 'BUSY';
  /** What ails the database; undefined when it is not the database. */
  readonly trouble: TroubleKind | undefined;

  constructor(
    { issueCode, diagnostics, retryAfter = soon }: Answer,
    { trouble, cause }: { trouble?: TroubleKind; cause?: unknown } = {},
  ) {
    super(503, issueCode, diagnostics, { 'Retry-After': retryAfter });
    this.trouble = trouble;
    this.cause = cause;
  }
}

/** What the client is told. Nothing of it comes from the database: it may name hosts, users and data. */
interface Answer {
  issueCode: 'timeout' | 'transient' | 'no-store';
  diagnostics: string;
  retryAfter?: string;
}

const answers: Record<TroubleKind, Answer> = {
  slow: { issueCode: 'timeout', diagnostics: 'The database took too long. Ask for less at a time, or try again.' },
  held: { issueCode: 'transient', diagnostics: 'Others are changing the same data at the same time. Try again.' },
  crowded: { issueCode: 'transient', diagnostics: 'The database is busy. Try again.' },
  unreachable: { issueCode: 'no-store', diagnostics: 'The database cannot be reached. Try again.' },
  lost: { issueCode: 'transient', diagnostics: 'The connection to the database broke. Try again.' },
  silent: { issueCode: 'timeout', diagnostics: 'The database gave no answer. Try again.' },
  closed: {
    issueCode: 'no-store',
    diagnostics: 'The database takes no changes at the moment. Try again later.',
    retryAfter: later,
  },
};

/** The error for a transaction that lasted too long and was undone. */
export function overTime(milliseconds: number): FhirError {
  const limit = `${milliseconds / 1000} s`;
  const diagnostics = `This took longer than ${limit}, and all of it was undone. Send less at a time, or send it again.`;
  return new Busy({ issueCode: 'timeout', diagnostics });
}

/** The error for a transaction that was undone because nobody waits for it any more. */
export function clientHasGone(): FhirError {
  const diagnostics = 'The client closed the connection before the answer, so all of it was undone.';
  return new Busy({ issueCode: 'transient', diagnostics });
}

/** The error for a statement that comes after the database was closed, because the process ends. */
export function isClosed(): FhirError {
  return new Busy({ issueCode: 'no-store', diagnostics: 'The server is ending. Try again.' });
}

/** The error for a write whose end is unknown, because its answer never came: who sends it again may write it twice. */
export function perhapsWritten(cause: unknown): FhirError {
  const diagnostics =
    'The connection to the database broke while this was being saved. See whether it was before you send it again.';
  // It names no trouble that has a transaction around it run again.
  return new Busy({ issueCode: issueCodeOf(cause), diagnostics }, { cause });
}

function issueCodeOf(cause: unknown): Answer['issueCode'] {
  return troubleToldBy(cause) === 'silent' ? 'timeout' : 'transient';
}

/** Whether a statement that ended so may have run. */
export function hasUnknownEnd(thrown: unknown): boolean {
  return isUnknownEnd(troubleToldBy(thrown));
}

/**
 * The answer for an error that was thrown because of trouble that passes, such as a limit on time, a lock that others
 * hold, or a database that is not there. Undefined for every other error.
 */
export function busyOf(thrown: unknown): FhirError | undefined {
  if (isFhirError(thrown)) return thrown.status === 503 ? thrown : undefined;
  const trouble = troubleOf(thrown);
  return trouble && new Busy(answers[trouble], { trouble, cause: thrown });
}

/** The trouble that an error tells of, even if the bundler has loaded the class twice. */
export function troubleToldBy(thrown: unknown): TroubleKind | undefined {
  return isFhirError(thrown) && 'trouble' in thrown ? (thrown as Busy).trouble : troubleOf(thrown);
}
