import { AsyncLocalStorage } from 'node:async_hooks';
import { Prisma, type PrismaClient } from '#prisma/generated/client.ts';
import { connection } from './database.ts';
import { statementError } from './statement-error.ts';

/** What SQL can be run on: a transaction of Prisma's client, or that client. */
export type Executor = Pick<PrismaClient, '$queryRawUnsafe' | '$executeRawUnsafe'>;

export type Sql = ReturnType<typeof Prisma.sql>;

/** SQL from a template: every `${value}` becomes a numbered parameter, every `${sql}` a part of the text. */
export const sql = Prisma.sql;

/** A table alias or another name that this code has chosen itself; never anything a client has sent. */
export const name = Prisma.raw;

/** The transaction that the work at hand belongs to. */
const current = new AsyncLocalStorage<Executor>();

/** Does `work` so that every statement of it without an executor of its own is part of the transaction `executor`. */
export function partOf<T>(executor: Executor, work: () => Promise<T>): Promise<T> {
  return current.run(executor, work);
}

/**
 * Answers the rows of a query: in the transaction `executor`, in the one at hand, or else by itself. The text has
 * numbered parameters only; values travel beside it.
 */
export async function query<Row>(statement: Sql, executor = current.getStore()): Promise<Row[]> {
  if (executor) return executor.$queryRawUnsafe<Row[]>(statement.text, ...statement.values);
  return (await send<Row>(statement, false)).rows;
}

/**
 * The same for a query by whole keys, whose best plan is the same whatever its values are: the database plans it once.
 * Its text must be one of a few, for it is remembered.
 */
export async function lookUp<Row>(statement: Sql, executor = current.getStore()): Promise<Row[]> {
  if (executor) return query<Row>(statement, executor);
  return (await send<Row>(statement, true)).rows;
}

/** Runs a statement and answers how many rows it touched. */
export async function execute(statement: Sql, executor = current.getStore()): Promise<number> {
  if (executor) return executor.$executeRawUnsafe(statement.text, ...statement.values);
  return (await send(statement, false)).count;
}

async function send<Row>({ text, values }: Sql, steady: boolean) {
  try {
    return await connection().door.send<Row>({ text, values: values.map(sendable), steady });
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
