import { Pool, types } from 'pg';
import { columnReaders } from './column-types.ts';
import type { Driver, Statement } from './driver.ts';
import { forgetStatement, statementName } from './statement-name.ts';

const getTypeParser = ((type: number, format?: 'text' | 'binary') =>
  columnReaders.get(type) ?? types.getTypeParser(type, format)) as typeof types.getTypeParser;

/** For every connection: Prisma reads and writes instants as if the session's time zone were UTC. */
export const inUtc = '-c TimeZone=UTC';

/** A plan that no longer fits its table, or that a pooler between us and the server has lost or has twice. */
const planGone = ['0A000', '26000', '42P05'];

/**
 * Opens connections of their own for statements that are no part of a transaction: each goes straight to the server.
 * Those that live longer than an hour are replaced, and what they had prepared is forgotten with them.
 */
export function openPostgres(url: string): Driver & { close(): Promise<void> } {
  const pool = new Pool({ connectionString: url, options: inUtc, maxLifetimeSeconds: 3600 });
  // An idle connection that breaks is replaced by the next request; without a listener the process would end.
  pool.on('error', (error) => console.error('A connection to the database broke:', error.message));
  const run = async <Row>({ text, values }: Statement, name?: string) => {
    const { rows, rowCount } = await pool.query({ name, text, values, types: { getTypeParser } });
    return { rows: rows as Row[], count: rowCount ?? 0 };
  };
  return {
    async send<Row>(statement: Statement) {
      const name = statement.prepared ? statementName(statement.text) : undefined;
      return run<Row>(statement, name).catch((thrown) => {
        if (!name || !planGone.includes(thrown.code)) throw thrown;
        forgetStatement(statement.text);
        return run<Row>(statement);
      });
    },
    close: () => pool.end(),
  };
}
