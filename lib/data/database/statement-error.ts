/** Thrown when the database could not be reached or did not carry out a statement. */
export class StatementError extends Error {
  /** SQLSTATE, such as `22P02`, or the system's code when the database could not be reached. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.name = 'StatementError';
    this.code = code;
  }
}

/**
 * Converts what a driver has thrown into a StatementError. Some drivers put rows and parameters into their errors;
 * these are left out, because errors are logged and must not contain anybody's data.
 */
export function statementError(thrown: unknown): StatementError {
  const { message, code } = thrown as { message?: string; code?: unknown };
  return new StatementError(message || String(code ?? thrown), typeof code === 'string' ? code : undefined);
}
