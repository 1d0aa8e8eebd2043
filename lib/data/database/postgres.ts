import { Pool, types } from 'pg';
import { whileItLasts } from '#lib/log/flood.ts';
import { log } from '#lib/log/log.ts';
import { showPool } from '../watched/pools.ts';
import { columnReaders } from './column-types.ts';
import type { Driver, Statement } from './driver.ts';
import { forgetStatement, statementName } from './statement-name.ts';

const getTypeParser = ((type: number, format?: 'text' | 'binary') =>
  columnReaders.get(type) ?? types.getTypeParser(type, format)) as typeof types.getTypeParser;

/** Sets the time zone of a connection to UTC, which Prisma assumes when it reads and writes instants. */
export const inUtc = '-c TimeZone=UTC';

/**
 * Has the server end what a request must not hold for longer: a statement, the wait for a lock, and a transaction whose
 * process says nothing any more. Work in the background lifts them for its transactions.
 */
export const withinLimits = `${inUtc} -c statement_timeout=30s -c lock_timeout=15s -c idle_in_transaction_session_timeout=60s`;

/**
 * SQLSTATEs for an unusable plan: its table has changed, or a pooler before the server has lost or repeated its name.
 */
const planGone = ['0A000', '26000', '42P05'];

/**
 * Opens a pool of connections for statements outside of transactions, apart from Prisma's pool. A connection is
 * replaced after an hour, and its prepared statements go with it.
 */
export function openPostgres(url: string): Driver & { close(): Promise<void> } {
  const pool = new Pool({ connectionString: url, options: withinLimits, maxLifetimeSeconds: 3600 });
  showPool('single', pool);
  // The pool replaces an idle connection that breaks; without this listener the error would end the process.
  pool.on('error', (error) => log.warn('A connection to the database broke.', { why: error.message }, whileItLasts));
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
