import { FhirError } from '#lib/fhir/fhir-error.ts';

/** The error for a write whose resource somebody else changed after it was read. */
export function versionConflict(): FhirError {
  const diagnostics = 'Another request changed the same resource at the same time. Send it again.';
  return new FhirError(409, 'conflict', diagnostics);
}

/**
 * The codes for a deadlock and for a serialization failure.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const conflictCodes = new Set<unknown>(['40P01', '40001']);

/**
 * Tells whether the database ended a transaction because of another one, so that a second try may succeed. The sign
 * depends on the source: drivers and our own statements carry the SQLSTATE, Prisma's adapters and models have codes of
 * their own, and Prisma's raw queries put the SQLSTATE into the message.
 */
export function isTransactionConflict(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const code = 'code' in thrown ? thrown.code : undefined;
  if (code === 'P2034' || conflictCodes.has(code) || /\bCode: `(40P01|40001)`/.test(thrown.message)) return true;
  const { kind } = (thrown.cause ?? {}) as { kind?: unknown };
  return kind === 'TransactionWriteConflict';
}
