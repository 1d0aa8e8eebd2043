import { Pool, type PoolConfig } from 'pg';
import { env } from '#lib/env.ts';
import { whileItLasts } from '#lib/log/flood.ts';
import { log } from '#lib/log/log.ts';
import { isInBackground } from '#lib/work/open-transaction.ts';
import { showPool } from '../../watched/pools.ts';
import { clientPatience } from './limits.ts';
import { UtcClient } from './utc-client.ts';

/** How long a statement waits for a connection, free or new, in milliseconds. */
const maxWait = 10_000;

/**
 * Opens the connections of this process, as many as DATABASE_CONNECTIONS says. A connection is replaced after an hour,
 * and its prepared statements go with it.
 * @param silence after how many milliseconds without an answer to a statement its connection is given up
 */
export function openPool(config: PoolConfig, silence = clientPatience()): Pool {
  const pool = new Pool({
    max: env().databaseConnections,
    maxLifetimeSeconds: 3600,
    connectionTimeoutMillis: maxWait,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...config,
    Client: endingAfter(silence),
  });
  showPool(pool);
  // The pool replaces an idle connection that breaks; without a listener the error would end the process.
  return pool.on('error', (error) =>
    log.warn('A connection to the database broke.', { why: error.message }, whileItLasts),
  );
}

type Done = (error: Error | undefined, ...rest: unknown[]) => void;

/**
 * Clients whose connection breaks when a statement of a request has no answer after so long. The limit that `pg` has
 * itself gives up the statement alone: the connection would go back to the pool, and hang the next one.
 */
function endingAfter(silence: number): typeof UtcClient {
  return class extends UtcClient {
    // The signatures of `query` are many; whichever it is, it ends by a callback that comes last, or by a promise.
    override query(...sent: unknown[]): never {
      const ask = (all: unknown[]) => Reflect.apply(super.query, this, all);
      if (isInBackground()) return ask(sent) as never;
      const timer = setTimeout(() => this.connection.stream.destroy(new Error('Query read timeout')), silence);
      const done = sent.at(-1);
      if (typeof done !== 'function') {
        const answer = ask(sent) as Promise<unknown>;
        answer.then(
          () => clearTimeout(timer),
          () => clearTimeout(timer),
        );
        return answer as never;
      }
      const ended: Done = (...outcome) => {
        clearTimeout(timer);
        (done as Done)(...outcome);
      };
      return ask([...sent.slice(0, -1), ended]) as never;
    }
  };
}
