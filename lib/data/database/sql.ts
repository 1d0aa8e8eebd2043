import { Prisma } from '#prisma/generated/client.ts';
import { currentTransaction } from './ambient.ts';
import { connection } from './database.ts';
import { statementError } from './statement-error.ts';
import { sendSafely } from './trouble/send-safely.ts';

export type Sql = ReturnType<typeof Prisma.sql>;

/** Builds SQL from a template: each plain value becomes a numbered parameter, each `Sql` becomes part of the text. */
export const sql = Prisma.sql;

/** Puts a table alias or another name of our own into SQL unescaped; never use it for anything a client has sent. */
export const name = Prisma.raw;

/**
 * Runs a query and returns its rows, inside the open transaction if there is one. Values are sent as parameters, never
 * as part of the text.
 */
export async function query<Row>(statement: Sql): Promise<Row[]> {
  const transaction = currentTransaction();
  if (transaction) return transaction.$queryRawUnsafe<Row[]>(statement.text, ...statement.values);
  return (await send<Row>(statement, false)).rows;
}

/**
 * Runs a query by whole keys, for which each connection keeps one plan; use it only when the best plan does not depend
 * on the values. Texts are remembered, so a caller may have only a few different ones.
 */
export async function lookUp<Row>(statement: Sql): Promise<Row[]> {
  if (currentTransaction()) return query<Row>(statement);
  return (await send<Row>(statement, true)).rows;
}

/** Runs a statement, inside the open transaction if there is one, and returns how many rows it changed. */
export async function execute(statement: Sql): Promise<number> {
  const transaction = currentTransaction();
  if (transaction) return transaction.$executeRawUnsafe(statement.text, ...statement.values);
  return (await send(statement, false)).count;
}

async function send<Row>({ text, values }: Sql, prepared: boolean) {
  const statement = { text, values: values.map(sendable), prepared };
  return sendSafely(text, () =>
    connection()
      .driver.send<Row>(statement)
      .catch((thrown) => {
        throw statementError(thrown);
      }),
  );
}

/** Writes dates as ISO 8601: drivers have formats of their own, some in the time zone of the process. */
function sendable(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

/** Joins conditions with AND; TRUE when there are none. */
export function and(conditions: Sql[]): Sql {
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ', '(', ')') : sql`TRUE`;
}

/** Joins conditions with OR; FALSE when there are none. */
export function or(conditions: Sql[]): Sql {
  return conditions.length > 0 ? Prisma.join(conditions, ' OR ', '(', ')') : sql`FALSE`;
}

/** Joins queries with UNION ALL. */
export function unionAll(queries: Sql[]): Sql {
  return Prisma.join(queries, ' UNION ALL ');
}

/** Joins parts with commas. */
export function list(parts: Sql[]): Sql {
  return Prisma.join(parts, ', ');
}

/** Joins parts without a separator; empty when there are none. */
export function all(parts: Sql[]): Sql {
  return parts.length > 0 ? Prisma.join(parts, ' ') : Prisma.empty;
}
