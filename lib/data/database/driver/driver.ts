/** A statement with its numbered parameters. */
export interface Statement {
  text: string;
  values: unknown[];
  /** Whether a connection may plan it once and keep the plan, because the best plan does not depend on the values. */
  prepared: boolean;
}

/**
 * A database driver, to which statements outside of transactions go directly. Prisma's client is several times slower.
 */
export interface Driver {
  /** Runs one statement. Rows have the same types from every database; `count` is how many were returned or changed. */
  send<Row>(statement: Statement): Promise<{ rows: Row[]; count: number }>;
}

/** What may be done inside a transaction of its own. */
export interface Session {
  /** Runs a script: one statement after the other, without parameters. */
  run(script: string): Promise<void>;
  /** Runs one statement with its numbered parameters. */
  ask<Row>(text: string, values?: unknown[]): Promise<Row[]>;
}

/**
 * Runs `work` in a transaction on a connection that nothing else uses, without the limits of requests; what it throws
 * undoes all of it.
 */
export type OwnTransaction = <T>(work: (session: Session) => Promise<T>) => Promise<T>;
