/** A statement with its numbered parameters. */
export interface Statement {
  text: string;
  values: unknown[];
  /** The best plan is the same whatever the values are: it may be made once for each connection. */
  prepared: boolean;
}

/** The way of single statements to a database, past Prisma's client, which is for models and transactions. */
export interface Driver {
  /** Runs one statement; rows have the same types from every database. `count` are those answered or touched. */
  send<Row>(statement: Statement): Promise<{ rows: Row[]; count: number }>;
}
