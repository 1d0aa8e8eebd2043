import { Prisma } from '#prisma/generated/client.ts';
import { currentTransaction } from './ambient.ts';
import { connection } from './database.ts';
import { statementError } from './statement-error.ts';

export type Sql = ReturnType<typeof Prisma.sql>;

/** SQL from a template: every `${value}` becomes a numbered parameter, every `${sql}` a part of the text. */
export const sql = Prisma.sql;

/** A table alias or another name that this code has chosen itself; never anything a client has sent. */
export const name = Prisma.raw;

/**
 * Answers the rows of a query, in the transaction at hand or else by itself. The text has numbered parameters only;
 * values travel beside it.
 */
export async function query<Row>(statement: Sql): Promise<Row[]> {
  const transaction = currentTransaction();
  if (transaction) return transaction.$queryRawUnsafe<Row[]>(statement.text, ...statement.values);
  return (await send<Row>(statement, false)).rows;
}

/**
 * Answers the rows of a query by whole keys, whose best plan does not depend on its values: the database plans it once
 * for each connection. Its text must be one of a few, for it is remembered.
 */
export async function lookUp<Row>(statement: Sql): Promise<Row[]> {
  if (currentTransaction()) return query<Row>(statement);
  return (await send<Row>(statement, true)).rows;
}

/** Runs a statement, in the transaction at hand or else by itself, and answers how many rows it touched. */
export async function execute(statement: Sql): Promise<number> {
  const transaction = currentTransaction();
  if (transaction) return transaction.$executeRawUnsafe(statement.text, ...statement.values);
  return (await send(statement, false)).count;
}

async function send<Row>({ text, values }: Sql, prepared: boolean) {
  try {
    return await connection().driver.send<Row>({ text, values: values.map(sendable), prepared });
  } catch (thrown) {
    throw statementError(thrown);
  }
}

/** Drivers write dates in their own ways, some in the time zone of this process. */
function sendable(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

/** All must hold; true when there are none. */
export function and(conditions: Sql[]): Sql {
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ', '(', ')') : sql`TRUE`;
}

/** One must hold; false when there are none. */
export function or(conditions: Sql[]): Sql {
  return conditions.length > 0 ? Prisma.join(conditions, ' OR ', '(', ')') : sql`FALSE`;
}

/** The rows of all queries. */
export function unionAll(queries: Sql[]): Sql {
  return Prisma.join(queries, ' UNION ALL ');
}

/** The parts one after another, separated by commas. */
export function list(parts: Sql[]): Sql {
  return Prisma.join(parts, ', ');
}

/** The parts one after another, with nothing between them but what they bring along; there may be none. */
export function all(parts: Sql[]): Sql {
  return parts.length > 0 ? Prisma.join(parts, ' ') : Prisma.empty;
}
