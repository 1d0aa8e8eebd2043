import { AsyncLocalStorage } from 'node:async_hooks';
import { Prisma, type PrismaClient } from '#prisma/generated/client.ts';
import { database } from './database.ts';

/** What SQL can be run on: the client, or a transaction of it. */
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

function byDefault(): Executor {
  return current.getStore() ?? database();
}

/** Answers the rows of a query. The text has numbered parameters only; values travel beside it. */
export function query<Row>(statement: Sql, executor: Executor = byDefault()): Promise<Row[]> {
  return executor.$queryRawUnsafe<Row[]>(statement.text, ...statement.values);
}

/** Runs a statement and answers how many rows it touched. */
export function execute(statement: Sql, executor: Executor = byDefault()): Promise<number> {
  return executor.$executeRawUnsafe(statement.text, ...statement.values);
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
