import { FhirError } from '#lib/fhir/fhir-error.ts';

const diagnostics = 'Another request changed the same resource at the same time. Send it again.';

/** The refusal of a write between whose reading and writing another one came. */
export function versionConflict(): FhirError {
  return new FhirError(409, 'conflict', diagnostics);
}

/** A transaction that the database ended each time it was tried, since others were waiting for what it held. */
export class TransactionConflict extends FhirError {
  constructor(cause: unknown) {
    super(409, 'conflict', diagnostics);
    this.cause = cause;
  }
}

/** Deadlock, and serialization failure. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const conflictCodes = new Set<unknown>(['40P01', '40001']);

/**
 * Tells whether the database ended a transaction because of another one, so that it may succeed when it is tried again.
 * Drivers and our own statements carry the SQLSTATE, Prisma's models have a code of their own, and its raw queries
 * put the SQLSTATE into their message.
 */
export function isTransactionConflict(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const code = 'code' in thrown ? thrown.code : undefined;
  return code === 'P2034' || conflictCodes.has(code) || /\bCode: `(40P01|40001)`/.test(thrown.message);
}
