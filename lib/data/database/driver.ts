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
