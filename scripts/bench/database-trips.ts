/** Counts the statements that the server sends to PostgreSQL, from PostgreSQL's own log. */
import { setImmediate } from 'node:timers/promises';
import { Client } from 'pg';
import type { PostgresServer } from '#scripts/machine/postgres.ts';

/**
 * Number of statements that reach the database during `work`, including `BEGIN` and `COMMIT`, as each is a round trip.
 */
export async function countStatements(postgres: PostgresServer, work: () => Promise<void>): Promise<number> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  let log = '';
  const stopListening = postgres.onLog((text) => {
    log += text;
  });
  const mark = async (name: string) => {
    // Sessions notice the setting with a delay, so it is repeated until it takes effect.
    while (!log.includes(`'${name}'`)) {
      await client.query(`SELECT '${name}'`);
      await setImmediate();
    }
  };
  try {
    await logStatements(client, 'all');
    await mark('counting begins');
    await work();
    await mark('counting ends');
    const counted = log.slice(log.lastIndexOf("'counting begins'"), log.indexOf("'counting ends'"));
    return (counted.match(/LOG: {2}(execute|statement)/g)?.length ?? 0) - 1;
  } finally {
    stopListening();
    await logStatements(client, 'none');
    await client.end();
  }
}

async function logStatements(client: Client, which: 'all' | 'none'): Promise<void> {
  await client.query(`ALTER SYSTEM SET log_statement = '${which}'`);
  await client.query('SELECT pg_reload_conf()');
}
