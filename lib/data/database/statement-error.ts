/** A statement that the database did not carry out. */
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
 * What a driver has thrown, without the row and the parameters that some drivers put into their errors: those are
 * somebody's data, and errors are logged.
 */
export function statementError(thrown: unknown): StatementError {
  const { message, code } = thrown as { message?: string; code?: unknown };
  return new StatementError(message || String(code ?? thrown), typeof code === 'string' ? code : undefined);
}
